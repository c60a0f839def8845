import { useEffect, useMemo, useState } from 'react';
import { type AddressDraft, type AddressField, draftOf, missingFields } from './address-draft.ts';
import { countryCodes } from './country-codes.ts';
import { countriesOf, likelyCountry, type Method, methodsFor } from './delivery-options.ts';
import { type Draft, draftStore } from './draft-store.ts';
import type { useLastAddress } from './use-order-facts.ts';

type Facts = {
  userId: string;
  methods: readonly Method[];
  currency: string;
  lastAddress: ReturnType<typeof useLastAddress>['data'];
};

/** The fields of the checkout. What was typed is kept in the tab; without it the last address is filled in. */
export function useCheckoutForm({ userId, methods, currency, lastAddress }: Facts) {
  const [draft, setDraft] = useState<Draft | undefined>(() => draftStore.read(userId));
  const [touched, setTouched] = useState<readonly AddressField[]>([]);
  const [refused, setRefused] = useState<readonly AddressField[]>([]);
  const countries = useMemo(() => countriesOf(methods, countryCodes), [methods]);
  const address = useMemo(() => {
    const known = draft?.address ?? draftOf(lastAddress ?? {});
    return known.country === '' ? { ...known, country: likelyCountry(countries, navigator.languages) } : known;
  }, [draft, lastAddress, countries]);
  const offered = methodsFor(methods, { country: address.country, currency });
  const method = offered.find(({ id }) => id === draft?.methodId) ?? offered[0];

  useEffect(() => {
    if (draft !== undefined) draftStore.write(userId, draft);
  }, [userId, draft]);

  const missing = missingFields(address).filter((field) => touched.includes(field));
  return {
    address,
    countries,
    offered,
    method,
    missing,
    refused: refused.filter((field) => !missing.includes(field)),
    setAddress(changes: Partial<AddressDraft>) {
      setDraft({ address: { ...address, ...changes }, methodId: draft?.methodId ?? '' });
      setRefused((fields) => fields.filter((field) => !(field in changes)));
    },
    setMethod: (methodId: string) => setDraft({ address, methodId }),
    touch: (fields: readonly AddressField[]) => setTouched((before) => [...new Set([...before, ...fields])]),
    refuse: setRefused,
  };
}

export type CheckoutForm = ReturnType<typeof useCheckoutForm>;
