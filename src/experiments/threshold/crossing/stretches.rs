//! Stretches: where a smoothed curve surely lies above zero, and where below.

/// Neighbouring steps of the mesh on one side of zero, wiggles that noise explains included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    /// First step.
    pub(super) start: usize,
    /// Step after the last.
    pub(super) end: usize,
    /// Whether the curve lies above zero, or on it.
    pub(super) above: bool,
    /// The step at which that is surest.
    pub(super) surest: usize,
    /// Whether it is sure there.
    pub(super) is_sure: bool,
}

/// The stretches of a curve, above and below zero in turn.
///
/// Runs of steps on one side are taken for themselves at first. As long as there are two or more and one of them is
/// nowhere sure, the least sure one goes over to its neighbours.
///
/// - `mean`, `errors`: the curve and its standard errors, step by step; the surest step of a run is the one with the most
///   standard errors between it and zero
/// - `above`: share of resamples that lie on zero or above, step by step
/// - `tail`: a run is sure where no larger share of resamples than this lies on the other side
pub(super) fn stretches(mean: &[f64], errors: &[f64], above: &[f64], tail: f64) -> Vec<Stretch> {
    let sureness: Vec<f64> = mean.iter().zip(errors).map(|(mean, error)| sureness(*mean, *error)).collect();
    let stretch = |start: usize, end: usize, is_above: bool| {
        let own = (start..end).filter(|&step| (mean[step] >= 0.0) == is_above);
        let surest = own.max_by(|&a, &b| sureness[a].total_cmp(&sureness[b])).unwrap_or(start);
        let other = if is_above { 1.0 - above[surest] } else { above[surest] };
        Stretch { start, end, above: is_above, surest, is_sure: other <= tail }
    };
    let mut list: Vec<Stretch> = Vec::new();
    let mut start = 0;
    for end in 1..=mean.len() {
        let is_above = mean[start] >= 0.0;
        if end == mean.len() || (mean[end] >= 0.0) != is_above {
            list.push(stretch(start, end, is_above));
            start = end;
        }
    }
    while list.len() > 1 {
        let weaker = |a: &(usize, &Stretch), b: &(usize, &Stretch)| {
            sureness[a.1.surest].total_cmp(&sureness[b.1.surest])
        };
        let weakest = list.iter().enumerate().filter(|(_, stretch)| !stretch.is_sure).min_by(weaker);
        let Some((position, &weak)) = weakest else { break };
        let first = position.saturating_sub(1);
        let last = (position + 1).min(list.len() - 1);
        let joined = stretch(list[first].start, list[last].end, !weak.above);
        list.splice(first..=last, [joined]);
    }
    list
}

/// Distance from zero in standard errors; infinite where all replications agree on a number that is not 0.
fn sureness(mean: f64, error: f64) -> f64 {
    if error > 0.0 {
        mean.abs() / error
    } else if mean.abs() > 0.0 {
        f64::INFINITY
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Start, end and side of the stretches of a curve with standard errors of 1.
    fn shape(mean: &[f64], above: &[f64]) -> Vec<(usize, usize, bool)> {
        let found = stretches(mean, &vec![1.0; mean.len()], above, 0.01);
        found.iter().map(|s| (s.start, s.end, s.above)).collect()
    }

    #[test]
    fn a_wiggle_that_noise_explains_belongs_to_its_neighbours() {
        let found = shape(&[-5.0, -4.0, 0.1, -4.0, 5.0, 6.0], &[0.0, 0.0, 0.54, 0.0, 1.0, 1.0]);
        assert_eq!(found, [(0, 4, false), (4, 6, true)]);
        // Two wiggles before a sure side: the less sure one goes first, and the rest is one crossing.
        let found = shape(&[-5.0, 1.2, -0.3, 5.0], &[0.0, 0.9, 0.4, 1.0]);
        assert_eq!(found, [(0, 1, false), (1, 4, true)]);
    }

    #[test]
    fn a_sure_wiggle_is_a_stretch_of_its_own() {
        let found = shape(&[-5.0, -4.0, 4.0, -4.0], &[0.0, 0.0, 0.995, 0.0]);
        assert_eq!(found, [(0, 2, false), (2, 3, true), (3, 4, false)]);
    }

    #[test]
    fn an_end_that_is_not_sure_is_no_stretch() {
        assert_eq!(shape(&[-5.0, -4.0, 1.0], &[0.0, 0.0, 0.85]), [(0, 3, false)]);
        assert_eq!(
            shape(&[0.4, -0.2], &[0.6, 0.4]),
            [(0, 2, true)],
            "the surer of two sides that are not sure"
        );
    }

    #[test]
    fn zero_belongs_to_the_upper_side() {
        assert_eq!(shape(&[-0.5, 0.0, 0.5], &[0.0, 1.0, 1.0]), [(0, 1, false), (1, 3, true)]);
        assert_eq!(shape(&[0.0, 0.0], &[1.0, 1.0]), [(0, 2, true)]);
    }
}
