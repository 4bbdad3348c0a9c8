//! A set of rows as bits, 64 to a word: flags of workers and decision-makers.

/// A set of row numbers below a fixed length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// The empty set over `len` rows.
    #[must_use]
    pub fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// Whether the row is in the set.
    #[must_use]
    pub fn has(&self, row: usize) -> bool {
        self.words[row / 64] >> (row % 64) & 1 == 1
    }

    /// Puts the row into the set or takes it out.
    pub fn set(&mut self, row: usize, value: bool) {
        let bit = 1 << (row % 64);
        if value {
            self.words[row / 64] |= bit;
        } else {
            self.words[row / 64] &= !bit;
        }
    }

    /// Puts some rows of a word into the set or takes them out.
    pub fn put(&mut self, word: usize, rows: u64, value: bool) {
        if value {
            self.words[word] |= rows;
        } else {
            self.words[word] &= !rows;
        }
    }

    /// `n` neighbours of a word, from one on.
    #[must_use]
    pub const fn run(from: usize, n: usize) -> u64 {
        if n == 64 { u64::MAX } else { ((1 << n) - 1) << from }
    }

    /// Number of members.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words.iter().map(|w| w.count_ones()).sum()
    }

    /// Number of words of 64 rows.
    #[must_use]
    pub fn n_words(&self) -> usize {
        self.words.len()
    }

    /// 64 rows at once.
    #[must_use]
    pub fn word(&self, word: usize) -> u64 {
        self.words[word]
    }

    /// The rows of a word that exist: all but those beyond the length.
    #[must_use]
    pub fn valid(&self, word: usize) -> u64 {
        let rest = self.len - word * 64;
        if rest >= 64 { u64::MAX } else { (1 << rest) - 1 }
    }

    /// Makes this the same set as another of the same length, without allocating.
    pub fn copy_from(&mut self, other: &Self) {
        self.words.copy_from_slice(&other.words);
    }

    /// Takes everybody out.
    pub fn clear(&mut self) {
        self.words.fill(0);
    }

    /// The words, for hashing.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Members in rising order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(w, &bits)| members(bits).map(move |lane| w * 64 + lane))
    }
}

/// Positions of the bits that are set, in rising order.
pub fn members(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if bits == 0 {
            return None;
        }
        let lane = bits.trailing_zeros() as usize;
        bits &= bits - 1;
        Some(lane)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_no_row_beyond_its_length() {
        let mut set = Bits::new(70);
        for row in [0, 63, 64, 69] {
            set.set(row, true);
        }
        set.set(63, false);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 64, 69]);
        assert_eq!((set.count(), set.valid(1)), (3, 0b11_1111));
        assert!(set.has(64) && !set.has(1));
    }

    #[test]
    fn a_run_of_neighbours_is_put_in_and_taken_out_together() {
        let mut set = Bits::new(130);
        set.put(0, Bits::run(60, 4), true);
        set.put(1, Bits::run(0, 64), true);
        assert_eq!((set.count(), set.has(59), set.has(60), set.has(127)), (68, false, true, true));
        set.put(1, Bits::run(1, 63), false);
        assert_eq!(set.iter().collect::<Vec<_>>(), [60, 61, 62, 63, 64]);
        assert_eq!(Bits::run(5, 0), 0);
    }
}
