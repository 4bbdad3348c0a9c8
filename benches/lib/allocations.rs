//! An allocator that counts.

#![allow(unsafe_code, reason = "an allocator is an unsafe trait; it hands everything on to the system's")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering};

/// The system's allocator, counting what is asked of it. Put it where it counts with `#[global_allocator]`.
#[derive(Debug)]
pub struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static RETURNED: AtomicU64 = AtomicU64::new(0);

/// Blocks that the process has asked for so far, grown ones included; 0 where [`Counting`] is not the allocator.
#[must_use]
pub fn so_far() -> u64 {
    ALLOCATIONS.load(Ordering::Relaxed)
}

/// Bytes that it has asked for so far, whether given back or not.
#[must_use]
pub fn bytes_so_far() -> u64 {
    BYTES.load(Ordering::Relaxed)
}

/// Bytes that it holds now.
#[must_use]
pub fn bytes_held() -> u64 {
    BYTES.load(Ordering::Relaxed) - RETURNED.load(Ordering::Relaxed)
}

fn give_back(bytes: usize) {
    RETURNED.fetch_add(bytes as u64, Ordering::Relaxed);
}

fn count(bytes: usize) {
    ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
    BYTES.fetch_add(bytes as u64, Ordering::Relaxed);
}

// SAFETY: every call goes to the system's allocator with the arguments it came with.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's promises are those that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        give_back(layout.size());
        // SAFETY: as above.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        give_back(layout.size());
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}
