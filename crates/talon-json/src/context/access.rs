//! Lists, objects and enumerations, part by part.

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::{Context, Contextual, Role};

/// The items of a list, with the context around them.
pub(super) struct Items<'t, A> {
    inner: A,
    context: Context<'t>,
    next: usize,
}

impl<'t, A> Items<'t, A> {
    pub(super) fn new(inner: A, context: Context<'t>) -> Self {
        Self { inner, context, next: 0 }
    }
}

impl Context<'_> {
    /// Reads the value of the member whose name was read last.
    fn in_member<T, E>(self, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let Some(trail) = self.trail else { return read() };
        trail.enter_member();
        read().inspect(|_| trail.leave())
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Contextual<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let deserializer = self.around(deserializer);
        self.inner.deserialize(deserializer)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let seed = Contextual::new(seed, self.context);
        let Some(trail) = self.context.trail else { return self.inner.next_element_seed(seed) };
        trail.enter_item(self.next);
        self.next += 1;
        self.inner.next_element_seed(seed).inspect(|_| trail.leave())
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Contextual<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, A::Error> {
        let trail = self.context.trail.filter(|_| self.role != Role::RawName);
        let Some(trail) = trail else {
            return self.inner.next_key_seed(Contextual::new(seed, self.context));
        };
        trail.begin_name();
        let seed = Contextual { inner: seed, context: self.context, role: Role::Name };
        self.inner.next_key_seed(seed).inspect_err(|_| trail.enter_member())
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let seed = self.around(seed);
        match self.role {
            Role::RawName => self.inner.next_value_seed(seed),
            _ => self.context.in_member(|| self.inner.next_value_seed(seed)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, 't, A: EnumAccess<'de>> EnumAccess<'de> for Contextual<'t, A> {
    type Error = A::Error;
    type Variant = Contextual<'t, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), A::Error> {
        let context = self.context;
        context.trail.inspect(|trail| trail.begin_name());
        let seed = Contextual { inner: seed, context, role: Role::Name };
        let (value, variant) = self.inner.variant_seed(seed)?;
        Ok((value, Contextual::new(variant, context)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Contextual<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.context.in_member(|| self.inner.unit_variant())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        let seed = Contextual::new(seed, self.context);
        self.context.in_member(|| self.inner.newtype_variant_seed(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, A::Error> {
        let visitor = Contextual::new(visitor, self.context);
        self.context.in_member(|| self.inner.tuple_variant(len, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        let visitor = Contextual { inner: visitor, context: self.context, role: Role::Struct };
        self.context.in_member(|| self.inner.struct_variant(fields, visitor))
    }
}
