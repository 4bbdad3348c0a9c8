//! Work on blocks of agents, one after the other or spread over threads. What a block does depends on the block alone, so
//! the bytes are the same.

use rayon::prelude::*;

/// Works on each block with its number; over threads if `parallel`.
pub(super) fn for_each<T: Send>(parallel: bool, blocks: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    if parallel {
        blocks.par_iter_mut().enumerate().with_min_len(1).for_each(|(i, block)| work(i, block));
    } else {
        blocks.iter_mut().enumerate().for_each(|(i, block)| work(i, block));
    }
}
