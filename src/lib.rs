//! introsim.
