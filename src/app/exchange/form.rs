//! Forms: which fields a thing has, by name, and how each is read and written.
//!
//! A form is a table, declared with `fields!`; from it follow the columns of a file,
//! reading with every fault told at once, and writing.

use serde_json::{Map, Value};

use crate::app::exchange::value::{Codec, Read, Shape, Wrong};

/// The values that stand under the names of fields.
pub type Given = Map<String, Value>;

/// Something with a form.
pub trait Fields: Sized {
    /// Its fields, with how they stand in a cell.
    fn shapes() -> Vec<(&'static str, Shape)>;

    /// Reads it; `None`, and what is wrong noted, if it cannot be.
    fn take(from: &mut Reading<'_>) -> Option<Self>;

    /// Writes it.
    fn put(&self, into: &mut Given);
}

/// How a field deals with being absent.
pub trait Field {
    /// What is read.
    type Value;
    /// How it stands in a cell.
    const SHAPE: Shape;

    /// Reads it.
    fn read(&self, value: Option<&Value>) -> Read<Self::Value>;

    /// Writes it; `None` for what is absent.
    fn write(&self, value: &Self::Value) -> Option<Value>;
}

/// A value that must be there.
pub struct Need<C>(pub C);

impl<C: Codec> Field for Need<C> {
    type Value = C::Value;
    const SHAPE: Shape = C::SHAPE;

    fn read(&self, value: Option<&Value>) -> Read<C::Value> {
        if let Some(said) = value.filter(|value| !is_blank(value)) {
            return self.0.read(said);
        }
        let mut wrong = Wrong::new(&Value::Null, "a value is needed");
        wrong.absent = value.is_none();
        Err(vec![wrong])
    }

    fn write(&self, value: &C::Value) -> Option<Value> {
        Some(self.0.write(value))
    }
}

/// A value that may be absent: not stated.
pub struct May<C>(pub C);

impl<C: Codec> Field for May<C> {
    type Value = Option<C::Value>;
    const SHAPE: Shape = C::SHAPE;

    fn read(&self, value: Option<&Value>) -> Read<Option<C::Value>> {
        value.filter(|value| !is_blank(value)).map(|value| self.0.read(value)).transpose()
    }

    fn write(&self, value: &Option<C::Value>) -> Option<Value> {
        value.as_ref().map(|value| self.0.write(value))
    }
}

/// A value that is taken for another where it is absent.
pub struct Else<C: Codec>(pub C, pub C::Value);

impl<C: Codec<Value: Clone>> Field for Else<C> {
    type Value = C::Value;
    const SHAPE: Shape = C::SHAPE;

    fn read(&self, value: Option<&Value>) -> Read<C::Value> {
        let said = value.filter(|value| !is_blank(value));
        said.map_or_else(|| Ok(self.1.clone()), |value| self.0.read(value))
    }

    fn write(&self, value: &C::Value) -> Option<Value> {
        Some(self.0.write(value))
    }
}

/// Up to so many values.
pub struct Many<C>(pub C, pub usize);

impl<C: Codec<Value: PartialEq>> Field for Many<C> {
    type Value = Vec<C::Value>;
    const SHAPE: Shape = match C::SHAPE {
        Shape::Plain => Shape::List,
        other => other,
    };

    fn read(&self, value: Option<&Value>) -> Read<Vec<C::Value>> {
        let Some(value) = value.filter(|value| !is_blank(value)) else { return Ok(Vec::new()) };
        let Value::Array(items) = value else {
            let form = if Self::SHAPE == Shape::Nested { "a list in JSON" } else { "a list" };
            return Err(vec![Wrong::new(value, format!("{form} is expected"))]);
        };
        if items.len() > self.1 {
            return Err(vec![Wrong::new(value, format!("at most {} are kept", self.1))]);
        }
        let (mut read, mut wrong) = (Vec::with_capacity(items.len()), Vec::new());
        for (nth, item) in items.iter().enumerate() {
            match self.0.read(item) {
                Ok(one) if read.contains(&one) => {
                    wrong.push(Wrong::new(item, "the list has it twice").within(&nth.to_string()));
                }
                Ok(one) => read.push(one),
                Err(faults) => {
                    wrong.extend(faults.into_iter().map(|w| w.within(&nth.to_string())));
                }
            }
        }
        if wrong.is_empty() { Ok(read) } else { Err(wrong) }
    }

    fn write(&self, value: &Vec<C::Value>) -> Option<Value> {
        let items = || value.iter().map(|one| self.0.write(one)).collect();
        (!value.is_empty()).then(|| Value::Array(items()))
    }
}

/// Something with a form of its own.
pub struct Part<T>(std::marker::PhantomData<T>);

/// A part with a form of its own.
pub const fn part<T>() -> Part<T> {
    Part(std::marker::PhantomData)
}

impl<T: Fields> Codec for Part<T> {
    type Value = T;
    const SHAPE: Shape = Shape::Nested;

    fn read(&self, value: &Value) -> Read<T> {
        let Value::Object(fields) = value else {
            return Err(vec![Wrong::new(value, "a group of fields in JSON is expected")]);
        };
        let mut reading = Reading::of(fields);
        let shapes = T::shapes();
        for (name, value) in fields {
            if !shapes.iter().any(|(known, _)| known == name) {
                // The name of the field is the sender's, too: it is not repeated.
                reading.wrong.push(Wrong::new(value, "there is no field of that name"));
            }
        }
        let read = T::take(&mut reading);
        read.filter(|_| reading.wrong.is_empty()).ok_or(reading.wrong)
    }

    fn write(&self, value: &T) -> Value {
        let mut fields = Given::new();
        value.put(&mut fields);
        Value::Object(fields)
    }
}

/// A part that is empty where it is absent.
pub struct Perhaps<T>(std::marker::PhantomData<T>);

/// A part that is empty where it is absent.
pub const fn perhaps<T>() -> Perhaps<T> {
    Perhaps(std::marker::PhantomData)
}

impl<T: Fields + Default + PartialEq> Field for Perhaps<T> {
    type Value = T;
    const SHAPE: Shape = Shape::Nested;

    fn read(&self, value: Option<&Value>) -> Read<T> {
        let said = value.filter(|value| !is_blank(value));
        said.map_or_else(|| Ok(T::default()), |value| part().read(value))
    }

    fn write(&self, value: &T) -> Option<Value> {
        (*value != T::default()).then(|| part().write(value))
    }
}

/// Fields that are being read, and what was found wrong with them.
pub struct Reading<'a> {
    given: &'a Given,
    /// What is wrong so far.
    pub wrong: Vec<Wrong>,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    pub const fn of(given: &'a Given) -> Self {
        Self { given, wrong: Vec::new() }
    }

    /// Reads one field.
    pub fn field<F: Field>(&mut self, name: &str, field: &F) -> Option<F::Value> {
        match field.read(self.given.get(name)) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.wrong.extend(wrong.into_iter().map(|wrong| wrong.within(name)));
                None
            }
        }
    }
}

/// Whether a value says nothing.
pub fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// How a field stands in a cell; the function tells which field of the form it is.
pub const fn shape_of<T, F: Field>(_field: &F, _of: fn(&T) -> &F::Value) -> Shape {
    F::SHAPE
}

/// Writes a field, unless it is absent.
pub fn put<F: Field>(into: &mut Given, name: &str, field: &F, value: &F::Value) {
    if let Some(value) = field.write(value) {
        into.insert(name.to_owned(), value);
    }
}

/// Declares the form of a struct: name in files, field, and how it is read and written.
macro_rules! fields {
    ($type:ident { $($name:literal $field:ident: $how:expr;)+ }) => {
        impl $crate::app::exchange::form::Fields for $type {
            fn shapes() -> Vec<(&'static str, $crate::app::exchange::value::Shape)> {
                use $crate::app::exchange::form::shape_of;
                vec![$(($name, shape_of(&$how, |it: &$type| &it.$field))),+]
            }

            fn take(from: &mut $crate::app::exchange::form::Reading<'_>) -> Option<Self> {
                // All fields are read before the first that is missing ends it.
                $(let $field = from.field($name, &$how);)+
                Some(Self { $($field: $field?),+ })
            }

            fn put(&self, into: &mut $crate::app::exchange::form::Given) {
                $($crate::app::exchange::form::put(into, $name, &$how, &self.$field);)+
            }
        }
    };
}
