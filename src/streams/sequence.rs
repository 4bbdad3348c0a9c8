//! A draw as a generator of numbers in order.

use super::{Numbers, high};

/// A draw as a generator for the `rand` family of crates ([`Draw::generator`](super::Draw::generator)): the numbers of the sequence below it, in order.
#[derive(Clone, Debug)]
pub struct Sequence(Numbers);

impl Sequence {
    pub(super) const fn new(numbers: Numbers) -> Self {
        Self(numbers)
    }
}

impl rand::TryRng for Sequence {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.try_next_u64().map(high)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(self.0.draw())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in dst.chunks_mut(8) {
            let bytes = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}
