//! The table of differences: every outcome of every scenario against the baseline.

use crate::experiments::contrast::{Pairing, Verdict};
use crate::experiments::paired::{self, Comparison};
use crate::output::Table;
use crate::output::row::table;
use crate::stats::Estimate;

table! {
    /// differences.csv: an outcome of a scenario, other than the baseline, against the baseline.
    Difference: "differences" {
        scenario;
        baseline: String, "", "name of the scenario it is compared with";
        luck: String, "",
            "what the two have in common: same opening (seed and labour market), same seed (another labour \
             market or burn-in), other seed (nothing), other weeks (not compared)";
        metric: String, "",
            "the outcome, named as in outcomes.csv; welfare_sum is the sum of welfare_workers, \
             welfare_decision_makers and welfare_sellers";
        unit: String, "", "unit of the outcome";
        n: usize, "pairs",
            "replications that both finished and in which the outcome exists on both sides; 0 where nothing can \
             be compared";
        mean: Option<f64>, "as unit",
            "mean of the scenario over these pairs; of clients_gain pooled; empty if n is 0";
        baseline_mean: Option<f64>, "as unit", "the same of the baseline";
        mean_difference: Option<f64>, "as unit", "mean less baseline_mean; empty if n is 0";
        low: Option<f64>, "as unit",
            "lower end of the 95 % interval of the paired difference; empty below two pairs, and below six that \
             all differ by the same";
        high: Option<f64>, "as unit", "upper end of the interval; empty as low is";
        verdict: Option<String>, "",
            "higher or lower than the baseline, or no detectable difference; each row judged by itself, so that \
             1 in 20 is wrong where nothing differs; empty without an interval: too few pairs to tell";
        p_value: Option<f64>, "chance",
            "chance of a difference as large, either way, if there were none; for corrections over many rows; \
             empty as low is";
        variance_saved: Option<f64>, "share",
            "1 − var(differences)/(var(scenario) + var(baseline)) over the pairs: what common luck took off; 0 \
             where one side never varies; empty below two pairs or where neither varies";
        pairing: Option<String>, "",
            "paired if the two sides have luck in common and move together (one-sided test of the correlation \
             at 5 %); not paired if they have none, if nothing was saved, or if six pairs or more do not show \
             it: the interval may be taken for that of independent runs; empty if fewer pairs leave it open, \
             and where neither varies";
        method: String, "",
            "how the interval was made: t, clustered (t over pseudo-values), or Bonett–Price (yes and no; it \
             reaches to 0 unless McNemar's exact test rules 0 out)";
    }
}

/// Differences, scenario by scenario, outcome by outcome.
#[must_use]
pub fn differences_table(comparisons: &[Comparison]) -> Table {
    let rows = |comparison: &'_ Comparison| -> Vec<Difference> {
        comparison.differences.iter().map(|difference| row(comparison, difference)).collect()
    };
    Table::of(comparisons.iter().flat_map(rows))
}

fn row(comparison: &Comparison, difference: &paired::Difference) -> Difference {
    let contrast = &difference.contrast;
    let estimate = contrast.estimate.as_ref();
    Difference {
        scenario: comparison.scenario.clone(),
        baseline: comparison.baseline.clone(),
        luck: comparison.luck.name().to_owned(),
        metric: difference.metric.to_owned(),
        unit: difference.unit.to_owned(),
        n: contrast.n(),
        mean: contrast.means.map(|means| means.0),
        baseline_mean: contrast.means.map(|means| means.1),
        mean_difference: estimate.map(|e| e.value),
        low: estimate.and_then(Estimate::low),
        high: estimate.and_then(Estimate::high),
        verdict: contrast.verdict.map(Verdict::name).map(str::to_owned),
        p_value: contrast.p_value,
        variance_saved: contrast.variance_saved,
        pairing: contrast.pairing.map(Pairing::name).map(str::to_owned),
        method: difference.kind.method().to_owned(),
    }
}
