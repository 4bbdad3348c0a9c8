//! Local straight lines through points of a curve.

/// Steps of the mesh for each reach of the local lines.
const STEPS: f64 = 8.0;

/// A fine mesh over the range, and what each point tried weighs at each of its steps.
pub(super) struct Mesh {
    /// Position and weight of the points that count, by step.
    weights: Vec<Vec<(usize, f64)>>,
}

impl Mesh {
    /// The mesh of some places, ascending.
    pub(super) fn new(places: &[f64], reach: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "there are few points")]
        let steps = if reach > 0.0 { (STEPS / reach).ceil() as usize } else { 1 };
        let at = |step: usize| weights(places, reach, step as f64 / steps as f64);
        Self { weights: (0..=steps).map(at).collect() }
    }

    /// How many steps it has, both ends counted.
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// Where a step lies in [0, 1].
    pub(super) fn place(&self, step: f64) -> f64 {
        step / (self.weights.len() - 1) as f64
    }

    /// The local line of one replication at every step.
    pub(super) fn smooth(&self, values: &[f64]) -> Vec<f64> {
        self.weights.iter().map(|weights| weighted(weights, values)).collect()
    }
}

/// A weighted sum of values.
pub(super) fn weighted(weights: &[(usize, f64)], values: &[f64]) -> f64 {
    weights.iter().map(|&(point, weight)| weight * values[point]).sum()
}

/// Weights of the value at `place` of a line fitted to the points within reach, nearer ones counting more.
///
/// Points weigh 1 − distance/reach. Between two points alone this is interpolation; every straight line comes out as it
/// is, whatever points there are. Source: Fan and Gijbels (1996), *Local Polynomial Modelling*, ch. 2.
///
/// - `places`: ascending, no two alike, none further than `reach` from the next
///
/// Limits: where all the weight lies on one point, its own value.
pub(super) fn weights(places: &[f64], reach: f64, place: f64) -> Vec<(usize, f64)> {
    let near = places.iter().enumerate().filter_map(|(point, at)| {
        let offset = at - place;
        let weight = 1.0 - offset.abs() / reach;
        (weight > 0.0).then_some((point, offset, weight))
    });
    let near: Vec<(usize, f64, f64)> = near.collect();
    let (mut all, mut first, mut second) = (0.0, 0.0, 0.0);
    for &(_, offset, weight) in &near {
        all += weight;
        first += weight * offset;
        second += weight * offset * offset;
    }
    let spread = all * second - first * first;
    if spread <= 1e-12 * all * all * reach * reach {
        let nearest = |a: &&(usize, f64, f64), b: &&(usize, f64, f64)| a.1.abs().total_cmp(&b.1.abs());
        let point = near.iter().min_by(nearest).map_or(0, |&(point, ..)| point);
        return vec![(point, 1.0)];
    }
    near.iter().map(|&(point, offset, weight)| (point, weight * (second - first * offset) / spread)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_comes_out_as_it_is_whatever_points_there_are() {
        let places = [0.0, 0.25, 0.5, 0.53, 0.5625, 0.6, 0.75, 1.0];
        let line: Vec<f64> = places.iter().map(|x| 3.0 - 7.0 * x).collect();
        for step in 0..=200 {
            let at = f64::from(step) / 200.0;
            let value = weighted(&weights(&places, 0.25, at), &line);
            assert!((value - (3.0 - 7.0 * at)).abs() < 1e-12, "{value} at {at}");
        }
    }

    #[test]
    fn between_two_points_alone_the_line_goes_through_both() {
        let places = [0.0, 0.5, 1.0];
        let values = [1.0, -3.0, 5.0];
        let at = |place| weighted(&weights(&places, 0.5, place), &values);
        for (place, expected) in [(0.0, 1.0), (0.125, 0.0), (0.5, -3.0), (0.6875, 0.0), (1.0, 5.0)] {
            assert!((at(place) - expected).abs() < 1e-12, "{} at {place}", at(place));
        }
    }

    #[test]
    fn one_point_is_a_flat_line() {
        let mesh = Mesh::new(&[0.0], 0.0);
        assert_eq!(mesh.smooth(&[2.5]), [2.5, 2.5]);
    }
}
