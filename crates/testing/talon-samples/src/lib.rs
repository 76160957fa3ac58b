#![doc = include_str!("../README.md")]

mod sample;

pub use sample::{Sample, shopping_session};
