import type { Address } from './attempt.ts';

export const addressFields = ['name', 'line1', 'line2', 'postalCode', 'city', 'region', 'country', 'phone'] as const;
export type AddressField = (typeof addressFields)[number];

/** What the buyer has typed so far. */
export type AddressDraft = Readonly<Record<AddressField, string>>;

const optional: readonly AddressField[] = ['line2', 'region', 'phone'];

export function isOptional(field: AddressField): boolean {
  return optional.includes(field);
}

/** Maximum characters of each field; the API has the same. */
export const maxLengths: Readonly<Record<AddressField, number>> = {
  name: 100,
  line1: 200,
  line2: 200,
  postalCode: 16,
  city: 100,
  region: 100,
  country: 2,
  phone: 40,
};

export function draftOf(address: Partial<Address> = {}): AddressDraft {
  return Object.fromEntries(addressFields.map((field) => [field, address[field] ?? ''])) as AddressDraft;
}

/** The fields that lack a value, in the order of the form. */
export function missingFields(draft: AddressDraft): AddressField[] {
  return addressFields.filter((field) => !isOptional(field) && draft[field].trim() === '');
}

/** The address to send: trimmed, without the optional fields that are empty. */
export function addressOf(draft: AddressDraft): Address {
  const filled = addressFields.map((field) => [field, draft[field].trim()] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(filled) as Address;
}

/** The fields that the API complains of, by the paths of its errors, such as `delivery.address.city`. */
export function refusedFields(errors: readonly { path: string }[]): AddressField[] {
  const names = errors.map(({ path }) => path.split('.').at(-1));
  return addressFields.filter((field) => names.includes(field));
}
