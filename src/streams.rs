//! Random streams: every draw has an address, and nothing but its address decides its value.
//!
//! The address is (seed, replication, purpose, week, chooser, other). Scenario, thread, order and the number of
//! draws made before never enter, so two scenarios share their luck wherever the same question is asked of the same
//! people, and an extra draw in one place moves nothing elsewhere.
//!
//! The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2,
//! 3"), a bijection of its 128-bit counter for each key: within a replication two addresses never collide, by
//! construction. The key is the seed mixed with the replication. Where one address needs many numbers
//! ([`Draw::sub`]), the first 64 bits seed a sequence of wyrand (Wang, Barrios Romero, Lemire and Jin 2020, "Modern
//! non-cryptographic hash function and pseudorandom number generator"; the constants of its last version) that is read
//! by position, never by order: one multiplication a number, half of what SplitMix64 takes.
//!
//! What is asked of many in one week has its address in two steps ([`Draws::head`]): Philox gives the head of a purpose
//! and week, and the sequence below it is read at the row of who is asked ([`Draw::sub`], [`Draw::branch`] where there
//! is more than one number). A row costs half a nanosecond, a Philox eight. Rows start apart by the 64 bits that they
//! are given: that two of them, of one head or of two, come to share a stretch of k numbers has a chance of 2 k/2⁶⁴ a
//! pair. With the 3.5·10⁸ rows of ten numbers that a thousand weeks of a million workers read, fewer than one
//! replication in ten has one such pair, mostly of two people in different weeks.
//!
//! Purposes are numbered and append-only: a number is never used again for anything else.

mod chances;
mod sequence;

use crate::maths;
pub use chances::{Gate, Rare, Skips};
pub use sequence::Sequence;

/// What a draw is for. The number is part of the address and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// Ability and networking of a worker; week = his generation.
    Ability = 1,
    /// Overconfidence and usual salary; week = generation.
    Outlook = 2,
    /// Savings, and the noise of his résumé; week = generation.
    Paper = 3,
    /// Whether a worker starts unemployed.
    InitialState = 4,
    /// A decision-maker's bar and salary.
    DecisionMaker = 5,
    /// Whether she starts with a vacancy.
    InitialVacancy = 6,
    /// Which decision-makers an introducer is tied to; other = candidate.
    Tie = 7,
    /// Rewiring of the friendship graph; other = position in the ring.
    Rewire = 8,
    /// Number of a worker's contacts at the start, and who they are.
    InitialContact = 9,
    /// Integrity of a seller.
    Integrity = 11,
    /// Whether a worker's spells are sampled.
    Sample = 12,
    /// Whether a job ends.
    Separation = 20,
    /// Whether an employed worker starts to look.
    Look = 21,
    /// Whether he stops looking.
    StopLooking = 22,
    /// Whether somebody leaves the labour force.
    Leave = 23,
    /// Whether a vacancy opens.
    Open = 24,
    /// Whether it lapses.
    Lapse = 25,
    /// Whether a seat left for another job is opened again.
    Reopen = 26,
    /// Whether a worker hears of an outside job.
    Lead = 27,
    /// To which friend he passes it; other = friend.
    PassLead = 28,
    /// Number and targets of cold applications.
    Applications = 29,
    /// When a contact of the start fades; other = introducer.
    Fade = 32,
    /// Noise of an introducer's look; week = generation of the worker, other = introducer.
    IntroducersLook = 33,
    /// Match and interview noise; week = her episode and, shifted, the worker's generation; chooser = decision-maker,
    /// other = worker.
    Interview = 34,
    /// Whether a seeker considers buying, and from whom.
    Consider = 40,
    /// Order of a seller's applicants; row = seller, number = worker.
    Queue = 41,
    /// Whether an accepted applicant is turned away by lot; chooser = seller, other = worker.
    Holdout = 42,
    /// A random target; chooser = worker, other = decision-maker.
    Target = 43,
    /// Whether a sham is found out; other = number of the sham this week.
    FoundOut = 44,
    /// Whether a blocked tie is forgiven; chooser = decision-maker, other = introducer.
    Forgive = 45,
    /// Whether rebuilding a tie succeeds.
    Rebuild = 46,
    /// No longer drawn: whether one who has stopped selling returns.
    Return = 47,
    /// Which tie of a seller is bombarded.
    Bombard = 48,
    /// Interview noise of bombarding strangers; chooser = decision-maker, other = introducer; a number for each request.
    Stranger = 49,
    /// Whether a decision-maker engages somebody to search for her.
    Engage = 50,
    /// Whom he finds; chooser = decision-maker, other = introducer.
    Find = 51,
    /// Whether a seeker asks a friend who works where there is a vacancy; other = friend.
    AskFriend = 52,
    /// Noise of a friend's look; week = generation of the seeker, other = friend.
    FriendsLook = 53,
    /// Whether a seeker considers to pay a stranger for a form.
    ConsiderForm = 54,
    /// For which vacancy.
    Form = 55,
    /// Whom of those who work there he asks; other = decision-maker.
    Insider = 56,
    /// Whether a seeker considers to be coached.
    ConsiderCoach = 57,
    /// Whether he is turned away by lot.
    CoachLot = 58,
    /// Whether a seeker meets a new contact, whom, for how long, and which contacts he asks.
    Network = 59,
    /// Designs of experiments: which points are tried.
    Design = 60,
    /// What an introducer's hour is worth elsewhere, and what he can lose; chooser = introducer.
    Wage = 61,
    /// Whether an introducer reconsiders to sell, or to stop; chooser = introducer.
    Reconsider = 62,
    /// Whether an introducer tries to sell whatever he expects; chooser = introducer.
    Try = 63,
    /// Who hears how a seller's client did; chooser = the decision-maker who met him, other = worker.
    Word = 64,
    /// Noise of an introducer's view of a bar; no week; row = introducer, below it decision-maker, below her episode.
    Aim = 65,
    /// Whether an introducer hears of a vacancy; row = tie.
    Hear = 66,
    /// Which of too many requests a decision-maker reads; row = decision-maker, number = worker.
    Read = 67,
    /// Whether she finds out that forms are sold; chooser = decision-maker, other = worker.
    Exposed = 68,
}

/// All draws of one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draws {
    key: [u32; 2],
    /// The head of what introducers see of bars, which is read at every pitch.
    aim: Draw,
}

impl Draws {
    /// The draws of a replication under a seed.
    #[must_use]
    pub fn new(seed: u64, replication: u32) -> Self {
        let key = mix(mix(seed ^ 0x6A09_E667_F3BC_C908)
            .wrapping_add(mix(u64::from(replication) ^ 0xBB67_AE85_84CA_A73B)));
        let key = [low(key), high(key)];
        Self { key, aim: at(key, Purpose::Aim, 0, u32::MAX, u32::MAX) }
    }

    /// The draw at an address.
    #[must_use]
    pub fn at(&self, purpose: Purpose, week: u32, chooser: u32, other: u32) -> Draw {
        at(self.key, purpose, week, chooser, other)
    }

    /// Noise of an introducer's view of a decision-maker's bar in one episode of hers, standard normal.
    #[must_use]
    pub fn aim(&self, introducer: u32, decision_maker: u32, episode: u32) -> f64 {
        let tie = self.aim.branch(introducer).branch(decision_maker);
        maths::normal_quantile(unit(tie.sub(episode)))
    }

    /// The head of a purpose and week, whose numbers belong to rows.
    #[must_use]
    pub fn head(&self, purpose: Purpose, week: u32) -> Draw {
        self.at(purpose, week, u32::MAX, u32::MAX)
    }
}

fn at(key: [u32; 2], purpose: Purpose, week: u32, chooser: u32, other: u32) -> Draw {
    let out = philox4x32_10([chooser, other, week, purpose as u32], key);
    Draw { first: join(out[0], out[1]), second: join(out[2], out[3]) }
}

/// 128 random bits that belong to one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    first: u64,
    second: u64,
}

impl Draw {
    /// 64 bits, used to order the members of a small set.
    #[must_use]
    pub const fn rank(self) -> u64 {
        self.first
    }

    /// 64 bits beside them, independent of the first.
    #[must_use]
    pub const fn second_bits(self) -> u64 {
        self.second
    }

    /// A uniform number in (0, 1).
    #[must_use]
    pub fn uniform(self) -> f64 {
        unit(self.first)
    }

    /// A second uniform number in (0, 1), independent of the first.
    #[must_use]
    pub fn second_uniform(self) -> f64 {
        unit(self.second)
    }

    /// A standard normal number, by inversion.
    #[must_use]
    pub fn normal(self) -> f64 {
        maths::normal_quantile(unit(self.first))
    }

    /// A second standard normal number, independent of the first.
    #[must_use]
    pub fn second_normal(self) -> f64 {
        maths::normal_quantile(unit(self.second))
    }

    /// Yes with the given chance.
    #[must_use]
    pub fn yes(self, chance: f64) -> bool {
        Gate::new(chance).passes(self.first)
    }

    /// Yes with the given chance, independent of the first number.
    #[must_use]
    pub fn second_yes(self, chance: f64) -> bool {
        Gate::new(chance).passes(self.second)
    }

    /// The number at a position of the wyrand sequence that starts at this draw.
    #[must_use]
    #[inline]
    pub const fn sub(self, position: u32) -> u64 {
        fold(self.first.wrapping_add((position as u64 + 1).wrapping_mul(STEP)))
    }

    /// All numbers below this draw, from position 0 on: what [`Draw::sub`] gives, one after the other.
    #[must_use]
    pub const fn numbers(self) -> Numbers {
        Numbers { state: self.first }
    }

    /// A generator of `rand`'s traits that gives the numbers below this draw, so that any distribution of `rand_distr` can
    /// be drawn at an address. Two generators of one draw give the same numbers.
    ///
    /// ```
    /// use introsim::streams::{Draws, Purpose};
    /// use rand_distr::{Distribution, Triangular};
    ///
    /// let draw = Draws::new(1, 0).at(Purpose::Design, 0, 7, 0);
    /// let moods: Vec<f64> =
    ///     Triangular::new(0.0, 1.0, 0.3)?.sample_iter(draw.generator()).take(3).collect();
    /// assert!(moods.iter().all(|mood| (0.0..=1.0).contains(mood)));
    /// # Ok::<(), rand_distr::TriangularError>(())
    /// ```
    ///
    /// Limits: a distribution that uses the platform's `exp` or `ln`, as those made of normals do, differs in the last
    /// bit between processors, so nothing in a market may be drawn from it.
    #[must_use]
    pub const fn generator(self) -> Sequence {
        Sequence::new(self.numbers())
    }

    /// The draw at a position below this one, itself the head of a sequence.
    #[must_use]
    #[inline]
    pub const fn branch(self, position: u32) -> Self {
        self.branch_from(self.sub(position))
    }

    /// The same as [`Draw::branch`] where the number at the position is known.
    #[must_use]
    #[inline]
    pub const fn branch_from(self, number: u64) -> Self {
        let first = number ^ self.second;
        Self { first, second: fold(first) }
    }

    /// Yes/no draws of 64 neighbours at once: bit i is yes with the gate's chance.
    ///
    /// Compares the binary digits of the chance with 64 uniform numbers, most significant first, and stops when all
    /// are decided: exact to 2⁻⁶⁴, and monotone in the chance, so scenarios with different chances share their luck.
    #[must_use]
    pub const fn gates(self, word: u32, gate: Gate) -> u64 {
        self.gates_among(word, gate, u64::MAX)
    }

    /// The same for some of the 64 alone, who get what they would get among all: the fewer they are, the sooner all are
    /// decided.
    #[must_use]
    pub const fn gates_among(self, word: u32, gate: Gate, among: u64) -> u64 {
        if gate.0 == 0 || gate.0 == u64::MAX {
            return gate.0 & among;
        }
        let draw = self.branch(word);
        let (mut undecided, mut yes) = (among, 0_u64);
        let (mut digits, mut position) = (gate.0, 0);
        // Digits that are all used up are zeros: a number equal to the chance so far does not pass.
        while undecided != 0 && digits != 0 {
            let bits = draw.sub(position);
            // All ones where the digit is one.
            let digit = (digits >> 63).wrapping_neg();
            yes |= undecided & !bits & digit;
            undecided &= !(bits ^ digit);
            digits <<= 1;
            position += 1;
        }
        yes
    }
}

/// The numbers below a draw, in order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers {
    state: u64,
}

impl Numbers {
    /// Those that come after so many.
    #[must_use]
    #[inline]
    pub const fn ahead(self, n: u32) -> Self {
        Self { state: self.state.wrapping_add((n as u64).wrapping_mul(STEP)) }
    }

    /// Those from so many before the next on.
    #[must_use]
    #[inline]
    pub const fn back(self, n: u32) -> Self {
        Self { state: self.state.wrapping_sub((n as u64).wrapping_mul(STEP)) }
    }

    /// The next one.
    #[inline]
    pub const fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        fold(self.state)
    }
}

/// A uniform number in (0, 1) from 64 bits: the middle of one of 2⁵² equal cells, never 0 or 1.
#[must_use]
pub fn unit(bits: u64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "52 bits and a half fit a double exactly")]
    let cell = (bits >> 12) as f64 + 0.5;
    cell * (1.0 / 4_503_599_627_370_496.0)
}

/// A number below `bound` from 64 bits, by multiplication (Lemire 2019); the bias is below bound/2⁶⁴.
#[must_use]
pub fn below(bits: u64, bound: u32) -> u32 {
    // The high half of 64 × 32 bits, without the cost of a checked conversion.
    high(
        (u64::from(high(bits)) * u64::from(bound))
            .wrapping_add((u64::from(low(bits)) * u64::from(bound)) >> 32),
    )
}

/// Two numbers below `bound` from 64 bits, 32 bits each; the bias is below bound/2³².
#[must_use]
pub const fn two_below(bits: u64, bound: u32) -> (u32, u32) {
    (high(low(bits) as u64 * bound as u64), high(high(bits) as u64 * bound as u64))
}

/// What a state of wyrand grows by from number to number.
const STEP: u64 = 0x2D35_8DCC_AA6C_78A5;

/// The number of a state of wyrand: the state times itself with some bits turned, and the two halves of the product
/// folded together.
#[allow(clippy::cast_possible_truncation, reason = "both halves are wanted")]
const fn fold(state: u64) -> u64 {
    let product = state as u128 * (state ^ 0x8BB8_4B93_962E_ACC9) as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014), a bijection of 64 bits.
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[allow(clippy::cast_possible_truncation, reason = "the low half is wanted")]
const fn low(x: u64) -> u32 {
    x as u32
}

const fn high(x: u64) -> u32 {
    low(x >> 32)
}

const fn join(a: u32, b: u32) -> u64 {
    a as u64 | (b as u64) << 32
}

/// Ten rounds of Philox4x32.
fn philox4x32_10(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let a = 0xD251_1F53_u64 * u64::from(counter[0]);
        let b = 0xCD9E_8D57_u64 * u64::from(counter[2]);
        counter = [high(b) ^ counter[1] ^ key[0], low(b), high(a) ^ counter[3] ^ key[1], low(a)];
        key = [key[0].wrapping_add(0x9E37_79B9), key[1].wrapping_add(0xBB67_AE85)];
    }
    counter
}

#[cfg(test)]
mod tests;
