//! Where something turns: the break-evens of a payout, and the flip points of claims.

use crate::output::{OutputError, RawTable};
use crate::stats::Estimate;

/// A place where something begins or ends to hold.
#[derive(Clone, Debug)]
pub(super) struct Crossing {
    /// It holds above the value; else below.
    pub(super) begins: bool,
    pub(super) at: Estimate,
    pub(super) fee: Option<f64>,
}

/// What became of a search.
#[derive(Clone, Debug)]
pub(super) enum Finding {
    Crossings(Vec<Crossing>),
    Everywhere,
    Nowhere,
    CannotTell,
}

/// The break-evens of one level by one criterion.
#[derive(Clone, Debug)]
pub(super) struct Breakeven {
    pub(super) level: String,
    pub(super) knob: String,
    pub(super) criterion: String,
    pub(super) range: (Option<f64>, Option<f64>),
    pub(super) finding: Finding,
    pub(super) n: i64,
}

impl Breakeven {
    /// Reads breakeven.csv, a row for each crossing.
    pub(super) fn all(table: &RawTable) -> Result<Vec<Self>, OutputError> {
        let column = |name: &str| table.column(name);
        let (level, knob, criterion) = (column("level")?, column("knob")?, column("criterion")?);
        let (from, to, n, fee) = (column("from")?, column("to")?, column("n")?, column("fee_per_placement")?);
        let mut found: Vec<Self> = Vec::new();
        for row in 0..table.len() {
            let n = table.integer(row, n)?.unwrap_or(0);
            let fee = table.number(row, fee)?;
            let finding = finding(table, row, ["value", "low", "high"], fee, n)?;
            let (of_level, of_criterion) = (table.text(row, level), table.text(row, criterion));
            let last = found.last_mut().filter(|b| b.level == of_level && b.criterion == of_criterion);
            if let (Some(Self { finding: Finding::Crossings(known), .. }), Finding::Crossings(more)) =
                (last, &finding)
            {
                known.extend(more.iter().cloned());
                continue;
            }
            found.push(Self {
                level: of_level.to_owned(),
                knob: table.text(row, knob).to_owned(),
                criterion: of_criterion.to_owned(),
                range: (table.number(row, from)?, table.number(row, to)?),
                finding,
                n,
            });
        }
        Ok(found)
    }
}

/// A claim, and the costs of a burnt relationship at which it turns.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) claim: String,
    pub(super) question: String,
    /// The costs searched, per unit of goodwill.
    pub(super) range: (Option<f64>, Option<f64>),
    /// In dollars per bad introduction.
    pub(super) finding: Finding,
    pub(super) n: i64,
}

impl Claim {
    /// Reads flip.csv, a row for each crossing.
    pub(super) fn all(table: &RawTable) -> Result<Vec<Self>, OutputError> {
        let column = |name: &str| table.column(name);
        let (claim, question, from, to, n) =
            (column("claim")?, column("question")?, column("from")?, column("to")?, column("n")?);
        let names = ["per_bad_introduction", "per_bad_introduction_low", "per_bad_introduction_high"];
        let mut found: Vec<Self> = Vec::new();
        for row in 0..table.len() {
            let n = table.integer(row, n)?.unwrap_or(0);
            let finding = finding(table, row, names, None, n)?;
            let last = found.last_mut().filter(|known| known.claim == table.text(row, claim));
            if let (Some(Self { finding: Finding::Crossings(known), .. }), Finding::Crossings(more)) =
                (last, &finding)
            {
                known.extend(more.iter().cloned());
                continue;
            }
            found.push(Self {
                claim: table.text(row, claim).to_owned(),
                question: table.text(row, question).to_owned(),
                range: (table.number(row, from)?, table.number(row, to)?),
                finding,
                n,
            });
        }
        Ok(found)
    }
}

fn finding(
    table: &RawTable,
    row: usize,
    [value, low, high]: [&str; 3],
    fee: Option<f64>,
    n: i64,
) -> Result<Finding, OutputError> {
    let number = |name: &str| -> Result<Option<f64>, OutputError> {
        Ok(table.number(row, table.column(name)?)?.filter(|value| value.is_finite()))
    };
    Ok(match table.text(row, table.column("finding")?) {
        "holds everywhere" => Finding::Everywhere,
        "holds nowhere" => Finding::Nowhere,
        _ => match number(value)? {
            Some(value) => {
                let interval = number(low)?.zip(number(high)?);
                let at = Estimate { n: usize::try_from(n).unwrap_or_default(), value, interval };
                let begins = table.text(row, table.column("direction")?) == "begins";
                Finding::Crossings(vec![Crossing { begins, at, fee }])
            }
            None => Finding::CannotTell,
        },
    })
}
