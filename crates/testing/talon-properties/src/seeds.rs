//! Inputs of fuzz targets that are derived from the samples and fixtures of all operations.

use bytes::Bytes;
use http::Request;
use talon_core::OPERATIONS;
use talon_samples::{Sample, fixture, for_each_sample};

/// An input with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// Id of the operation.
    pub name: &'static str,
    /// Input of the target.
    pub input: Vec<u8>,
}

/// The seeds of a fuzz target: one for each operation, or none if the input is not of an operation.
///
/// # Panics
/// When an operation has no fixture, or a sample that cannot be sent.
pub fn seeds(target: &str) -> Vec<Seed> {
    match target {
        "decode_reply" => replies(),
        "dispatch" => scripts(),
        "uri" => targets(),
        _ => Vec::new(),
    }
}

fn replies() -> Vec<Seed> {
    let seed = |name, reply: Bytes| Seed { name, input: reply.to_vec() };
    OPERATIONS.iter().map(|info| seed(info.id, fixture::reply(info).into_body())).collect()
}

/// The sample of an operation, and then its refused samples, as a script.
fn scripts() -> Vec<Seed> {
    fn script<O: Sample>() -> Seed {
        let samples = [O::sample("SUMMER10")].into_iter().chain(O::refused());
        let requests = samples.filter_map(|sample| sample.to_http().ok());
        let texts: Vec<_> = requests.map(|request| text(&request)).collect();
        Seed { name: O::INFO.id, input: texts.join(&b"\n\n"[..]) }
    }
    let mut seeds = Vec::new();
    for_each_sample!(|O| seeds.push(script::<O>()));
    seeds
}

fn text(request: &Request<Bytes>) -> Vec<u8> {
    let line = format!("{} {}", request.method(), request.uri());
    let end = if request.body().is_empty() { "" } else { "\n" };
    [line.as_bytes(), end.as_bytes(), request.body()].concat()
}

fn targets() -> Vec<Seed> {
    fn target<O: Sample>() -> Seed {
        let target = O::sample("SUMMER10").target().expect("a sample can be sent");
        Seed { name: O::INFO.id, input: target.into_bytes() }
    }
    let mut seeds = Vec::new();
    for_each_sample!(|O| seeds.push(target::<O>()));
    seeds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script;

    #[test]
    fn a_script_contains_all_samples_of_its_operation() {
        fn assert_complete<O: Sample>(seeds: &[Seed]) {
            let seed = seeds.iter().find(|seed| seed.name == O::INFO.id).expect("a script");
            let requests = script::read(&seed.input);
            let samples = [O::sample("SUMMER10")].into_iter().chain(O::refused());
            let sent: Vec<_> = samples.filter_map(|sample| sample.to_http().ok()).collect();
            let parts = |request: &Request<Bytes>| {
                (request.method().clone(), request.uri().clone(), request.body().clone())
            };
            assert!(requests.iter().map(parts).eq(sent.iter().map(parts)), "{}", O::INFO.id);
        }
        let seeds = seeds("dispatch");

        for_each_sample!(|O| assert_complete::<O>(&seeds));
    }
}
