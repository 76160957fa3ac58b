//! Counts the allocations of one call of each row, and the bytes that its result holds. `cargo xtask bench --counts` runs it.

use std::process::ExitCode;

use allocation_counter::measure;
use talon_benches::row::Row;

const WARM_UP: usize = 3;

fn main() -> ExitCode {
    let rows = match talon_benches::rows::all() {
        Ok(rows) => rows,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::FAILURE;
        }
    };
    for row in rows.iter().filter(|row| !row.heavy) {
        println!("{}", line(row));
    }
    ExitCode::SUCCESS
}

/// Name, allocations, bytes allocated and the most bytes held at once, of one call; and the bytes that
/// its result holds, itself included, in the rows that have one.
fn line(row: &Row) -> String {
    let mut work = row.prepare();
    work.calls(WARM_UP).run();
    let call = work.calls(1);
    let info = measure(|| call.run());
    let held = row.result().map(|make| {
        let mut result = None;
        let held = measure(|| result = Some(make())).bytes_current;
        drop(result);
        held.to_string()
    });
    let held = held.unwrap_or_default();
    let (count, bytes, most) = (info.count_total, info.bytes_total, info.bytes_max);
    format!("{}\t{count}\t{bytes}\t{most}\t{held}", row.name)
}
