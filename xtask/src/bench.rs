//! Measurements are programs under `examples`: this command only says so.

pub fn run() -> Result<(), String> {
    println!("benchmarks run through the examples: cargo run --release --example NAME");
    Ok(())
}
