//! Results of functions, held against where they stand.

use super::{
    Reader,
    scalar::{is_version, text_of},
    timestamp::is_timestamp,
};
use crate::{
    tosca::{
        constraint::show,
        deferred::Deferred,
        library::PropertyDef,
        schema::{Schema, Type},
        unit,
        value::{Data, Value},
    },
    yaml::{scalar_boolean as boolean, scalar_float as float, scalar_integer as integer},
};
use paas_core::diagnostic::Code;
use std::sync::Arc;

impl<'t> Reader<'_, 't> {
    /// Holds the result of a function against a schema.
    pub(in crate::tosca) fn conform(&self, name: &str, value: Value<'t>, schema: &Schema<'t>) -> Value<'t> {
        if value.is_settled() {
            return value;
        }
        let at = value.at;
        if matches!(value.data, Data::Secret(_)) && !matches!(schema.ty, Type::String | Type::Any) {
            let message = format!("`{name}` must be {}, and a secret is a string", schema.ty.describe());
            self.report.at(Code::SecretPlace, at, message);
            return Value::invalid(at);
        }
        match self.conformed(name, value, &schema.ty) {
            Some(data) => self.constrained(name, Value::new(at, data), schema),
            None => Value::invalid(at),
        }
    }

    fn conformed(&self, name: &str, value: Value<'t>, ty: &Type<'t>) -> Option<Data<'t>> {
        let at = value.at;
        if matches!((ty, &value.data), (Type::String, Data::String(_) | Data::Secret(_))) {
            // What nearly all functions give, and ask for: nothing need be shown of it.
            return Some(value.data);
        }
        let shown = show(&value);
        let wrong = || {
            self.wrong(name, at, ty, &shown);
            None
        };
        match (ty, value.data) {
            (Type::Any, data) | (Type::Null, data @ Data::Null) => Some(data),
            (_, Data::Deferred(deferred)) => {
                if self.library.fits(&deferred.ty, ty) {
                    // Once it is known it is read as what is wanted here.
                    let deferred = Arc::unwrap_or_clone(deferred);
                    return Some(Data::Deferred(Arc::new(Deferred { ty: ty.clone(), ..deferred })));
                }
                let found = format!("{}, which is {}", deferred, deferred.ty.describe());
                self.wrong(name, at, ty, &found);
                None
            }
            (Type::String, data @ (Data::String(_) | Data::Secret(_))) => Some(data),
            (Type::Timestamp, Data::String(text)) if is_timestamp(&text) => Some(Data::String(text)),
            (Type::String, data) => match text_of(&data) {
                Some(text) => Some(Data::String(text.into())),
                None => wrong(),
            },
            (Type::Version, data) => match text_of(&data).filter(|text| is_version(text)) {
                Some(text) => Some(Data::String(text.into())),
                None => wrong(),
            },
            (Type::Integer, data @ Data::Integer(_)) | (Type::Boolean, data @ Data::Boolean(_)) => Some(data),
            (Type::Integer, Data::String(text)) => integer(&text).map(Data::Integer).or_else(wrong),
            (Type::Boolean, Data::String(text)) => boolean(&text).map(Data::Boolean).or_else(wrong),
            (Type::Float, data @ Data::Integer(_)) => Some(data),
            (Type::Float, Data::Float(_, text) | Data::String(text)) => match float(&text) {
                Some(value) if value.is_finite() => Some(Data::Float(value, text)),
                _ => wrong(),
            },
            (Type::Range, data @ Data::Range(..)) => Some(data),
            (
                Type::Size | Type::Time | Type::Frequency | Type::Bitrate,
                Data::String(text) | Data::Quantity(_, text),
            ) => match unit::parse(&text, ty) {
                Ok(quantity) => Some(Data::Quantity(quantity, text)),
                Err(_) => wrong(),
            },
            (Type::List(entry), Data::List(items)) => {
                Some(Data::List(items.into_iter().map(|item| self.conform(name, item, entry)).collect()))
            }
            (Type::Map(entry, _), Data::Map(entries)) => {
                let conform = |(key, value)| (key, self.conform(name, value, entry));
                Some(Data::Map(entries.into_iter().map(conform).collect()))
            }
            (Type::Data(id), data) => {
                let ty = self.library.ty(*id)?;
                match (&ty.base, data) {
                    (Some(base), data) => {
                        let value = self.conform(name, Value::new(at, data), base);
                        (!matches!(value.data, Data::Invalid)).then_some(value.data)
                    }
                    (None, Data::Map(entries)) => {
                        let given = entries.iter().map(|(key, value)| (*key, value));
                        let read = |value: &Value<'t>, property: &PropertyDef<'t>| {
                            self.conform(property.name, value.clone(), &property.schema)
                        };
                        let data = Data::Map(self.fill(at, ty, &ty.properties, given, read));
                        self.obeys(name, at, ty, data)
                    }
                    (None, _) => wrong(),
                }
            }
            _ => wrong(),
        }
    }
}
