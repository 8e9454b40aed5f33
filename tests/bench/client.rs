//! A caller that keeps its connection: just enough HTTP/1.1 to measure with.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Client {
    /// Connects to `HOST:PORT`.
    pub fn connect(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: address.to_owned() })
    }

    /// The body that GET answers.
    pub fn get(&mut self, target: &str) -> Result<Vec<u8>, Failure> {
        let request = format!("GET {target} HTTP/1.1\r\nhost: {}\r\n\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        if !line.starts_with("HTTP/1.1 200") {
            return Err(format!("{target}: {line}").into());
        }
        let mut length = None;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = Some(value.parse()?);
                }
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length.ok_or("an answer without content-length")?];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }

    /// How long each of the answers took.
    pub fn time(&mut self, targets: &[String]) -> Result<Vec<Duration>, Failure> {
        let timed = targets.iter().map(|target| {
            let begun = Instant::now();
            self.get(target)?;
            Ok(begun.elapsed())
        });
        timed.collect()
    }
}
