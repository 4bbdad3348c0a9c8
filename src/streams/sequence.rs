//! A draw as a generator of numbers in order.

use super::{Draw, high};

/// A draw as a generator for the `rand` family of crates: the SplitMix64 sequence below it, in order.
#[derive(Clone, Debug)]
pub struct Sequence {
    draw: Draw,
    position: u32,
}

impl From<Draw> for Sequence {
    fn from(draw: Draw) -> Self {
        Self { draw, position: 0 }
    }
}

impl rand::TryRng for Sequence {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.try_next_u64().map(high)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let bits = self.draw.sub(self.position);
        self.position = self.position.wrapping_add(1);
        Ok(bits)
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in dst.chunks_mut(8) {
            let bytes = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}
