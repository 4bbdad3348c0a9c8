//! differences.csv: each outcome of each scenario against the baseline.

use super::{Column, SCENARIO};

/// Columns of differences.csv, one row for each scenario but the baseline and each outcome.
pub const DIFFERENCES: &[Column] = &[
    SCENARIO,
    Column::new("baseline", "", "name of the scenario it is compared with"),
    Column::new(
        "luck",
        "",
        "what the two have in common: same opening (seed and labour market), same seed (another labour market or \
         burn-in), other seed (nothing), other weeks (not compared)",
    ),
    Column::new(
        "metric",
        "",
        "the outcome, named as in outcomes.csv; welfare_sum is the sum of welfare_workers, welfare_decision_makers and \
         welfare_sellers",
    ),
    Column::new("unit", "", "unit of the outcome"),
    Column::new(
        "n",
        "pairs",
        "replications that both finished and in which the outcome exists on both sides; 0 where nothing can be compared",
    ),
    Column::new(
        "mean",
        "as unit",
        "mean of the scenario over these pairs; of clients_gain pooled; empty if n is 0",
    ),
    Column::new("baseline_mean", "as unit", "the same of the baseline"),
    Column::new("mean_difference", "as unit", "mean less baseline_mean; empty if n is 0"),
    Column::new(
        "low",
        "as unit",
        "lower end of the 95 % interval of the paired difference; empty below two pairs, and below six that all differ \
         by the same",
    ),
    Column::new("high", "as unit", "upper end of the interval; empty as low is"),
    Column::new(
        "verdict",
        "",
        "higher or lower than the baseline, or no detectable difference; each row judged by itself, so that 1 in 20 is \
         wrong where nothing differs; empty without an interval: too few pairs to tell",
    ),
    Column::new(
        "p_value",
        "chance",
        "chance of a difference as large, either way, if there were none; for corrections over many rows; empty as low is",
    ),
    Column::new(
        "variance_saved",
        "share",
        "1 − var(differences)/(var(scenario) + var(baseline)) over the pairs: what common luck took off; 0 where one side \
         never varies; empty below two pairs or where neither varies",
    ),
    Column::new(
        "pairing",
        "",
        "paired if the two sides have luck in common and move together (one-sided test of the correlation at 5 %); not \
         paired if they have none, if nothing was saved, or if six pairs or more do not show it: the interval may be \
         taken for that of independent runs; empty if fewer pairs leave it open, and where neither varies",
    ),
    Column::new(
        "method",
        "",
        "how the interval was made: t, clustered (t over pseudo-values), or Bonett–Price (yes and no; it reaches to 0 \
         unless McNemar's exact test rules 0 out)",
    ),
];
