//! The columns in a file, so that a start need not read every record.
//!
//! The file is its owner's alone (0600): employers told brokers what is in it. It holds its
//! form, what it was made with and up to where it follows the register, every employer, and
//! a checksum of all that. A file that is not whole, or not of this form, is passed over.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::search::{
    SearchError,
    brokers::{
        kept, kept_words,
        pen::{Glass, Kept, Pen},
        whole::{Builder, Employers, lot},
    },
    register::Position,
};

/// The form of the file: raise it when what is kept of an employer changes.
const FORM: u32 = 1;
/// A single employer has at most so many bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Writes the columns of a position into a folder. The file there before stays until the
/// new one is complete.
pub fn save(folder: &Path, employers: &Employers, position: &Position) -> Result<u64, SearchError> {
    fs::create_dir_all(folder)?;
    let (whole, part) = (path(folder), folder.join("brokers.part"));
    let owners = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part);
    let mut to = Summed::new(BufWriter::new(owners?));
    let mut pen = Pen::default();
    head().write(&mut pen);
    position.written().write(&mut pen);
    pen.number(employers.len() as u64);
    to.write_all(&pen.bytes)?;
    for candidate in employers.candidates() {
        let bytes = kept::written(&candidate);
        let mut pen = Pen::default();
        pen.bytes.extend_from_slice(&lot(&candidate.slug).to_le_bytes());
        pen.number(bytes.len() as u64);
        to.write_all(&pen.bytes)?;
        to.write_all(&bytes)?;
    }
    let (mut file, sum) = to.finished();
    file.write_all(&sum)?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    let size = file.metadata()?.len();
    fs::rename(&part, whole)?;
    Ok(size)
}

/// Reads the columns that a folder holds; `None` if there are none that can be trusted.
pub fn load(folder: &Path) -> Option<(Employers, Position)> {
    let file = File::open(path(folder)).ok()?;
    match read(file) {
        Ok(read) => Some(read),
        Err(error) => {
            tracing::warn!(%error, "broker_columns.damaged");
            None
        }
    }
}

/// Deletes what a folder holds of the columns.
pub fn delete(folder: &Path) -> Result<(), SearchError> {
    match fs::remove_file(path(folder)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("brokers.columns")
}

/// What a file has to begin with to be read: the form, and the words that numbers stand for.
fn head() -> String {
    let words = Sha256::digest(kept_words::words());
    let words = words.iter().take(8).fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    format!("pathways employers for brokers, form {FORM}, words {words:016x}\n")
}

const BROKEN: SearchError = SearchError::Damaged("the file of employers is not whole");

fn read(file: File) -> Result<(Employers, Position), SearchError> {
    let mut from = Summed::new(BufReader::with_capacity(1 << 20, file));
    let found = text(&mut from)?;
    if found != head() {
        return Err(SearchError::Damaged("the file of employers has another form"));
    }
    let position = Position::read(&text(&mut from)?).ok_or(BROKEN)?;
    let count = number(&mut from)?;
    let mut builder = Builder::default();
    for _ in 0..count {
        let mut lot = [0; 8];
        from.read_exact(&mut lot)?;
        builder.put_kept(u64::from_le_bytes(lot), bytes(&mut from)?.into());
    }
    let (mut rest, sum) = from.finished();
    let mut written = Vec::new();
    rest.read_to_end(&mut written)?;
    if written != sum {
        return Err(BROKEN);
    }
    Ok((builder.finish()?, position))
}

fn number(from: &mut impl Read) -> Result<u64, SearchError> {
    let mut bytes = Vec::with_capacity(10);
    loop {
        let mut byte = [0];
        from.read_exact(&mut byte)?;
        bytes.extend(byte);
        if byte.iter().all(|byte| byte & 0x80 == 0) || bytes.len() == 10 {
            return Glass { rest: &bytes }.number().ok_or(BROKEN);
        }
    }
}

fn bytes(from: &mut impl Read) -> Result<Vec<u8>, SearchError> {
    let length = number(from)?;
    if length > MOST_BYTES {
        return Err(BROKEN);
    }
    let mut bytes = Vec::new();
    let read = from.take(length).read_to_end(&mut bytes)?;
    if read as u64 == length { Ok(bytes) } else { Err(BROKEN) }
}

fn text(from: &mut impl Read) -> Result<String, SearchError> {
    String::from_utf8(bytes(from)?).map_err(|_bytes| BROKEN)
}

/// Something that is read or written, with the checksum of what went through.
struct Summed<T> {
    inner: T,
    sum: Sha256,
}

impl<T> Summed<T> {
    fn new(inner: T) -> Self {
        Self { inner, sum: Sha256::new() }
    }

    fn finished(self) -> (T, Vec<u8>) {
        (self.inner, self.sum.finalize().to_vec())
    }
}

impl<T: Write> Write for Summed<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<T: Read> Read for Summed<T> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.sum.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}
