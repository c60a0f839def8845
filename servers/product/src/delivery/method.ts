import { column, defineTable, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import {
  amountMinor,
  countries,
  country,
  currency,
  id,
  line,
  list,
  MAX_AMOUNT_MINOR,
  named,
  storedCurrency,
  time,
  wholeNumber,
} from '@florin/values';
import Joi from 'joi';

export const methodStatuses = ['active', 'archived'] as const;
export type MethodStatus = (typeof methodStatuses)[number];

const MAX_DAYS = 365;

export const methodsTable = defineTable('delivery_methods', {
  id: column.id(),
  name: column.text('varchar(100)'),
  priceMinor: column.money(),
  freeFromMinor: column.money().orNull(),
  currency: column.text('char(3)'),
  countries: column.json<string[]>('varchar(1300)').orNull(),
  minDays: column.integer('smallint unsigned'),
  maxDays: column.integer('smallint unsigned'),
  status: column.text<MethodStatus>('varchar(8)'),
  version: column.integer('int unsigned').byDatabase(),
  createdAt: column.timeText(),
  updatedAt: column.timeText(),
});

type StoredMethod = RowOf<typeof methodsTable>;
export type MethodRow = StoredRowOf<typeof methodsTable>;

/** A delivery method as the API shows it. Without `freeFromMinor` it is never free; without `countries` it goes to all. */
export type DeliveryMethod = Omit<StoredMethod, 'freeFromMinor' | 'countries'> & { freeFromMinor?: number; countries?: string[] };

export function presentMethod(row: MethodRow): DeliveryMethod {
  return shownMethod(readRow(methodsTable, row));
}

export function shownMethod({ freeFromMinor, countries, ...method }: StoredMethod): DeliveryMethod {
  return {
    ...method,
    ...(freeFromMinor === null ? {} : { freeFromMinor }),
    ...(countries === null ? {} : { countries }),
  };
}

/** The fields that staff give. In changes, null removes one. */
export type MethodFields = {
  name: string;
  priceMinor: number;
  freeFromMinor?: number | null;
  currency?: string;
  countries?: string[] | null;
  minDays: number;
  maxDays: number;
  status?: MethodStatus;
};

const amount = amountMinor().min(0).max(MAX_AMOUNT_MINOR);
const days = wholeNumber().min(0).max(MAX_DAYS);

const fields = {
  name: line(100),
  priceMinor: amount,
  freeFromMinor: amount.allow(null).description('Free if the items cost at least this after the discount; null: never free'),
  currency: currency(),
  countries: list(countries.length)
    .min(1)
    .items(country())
    .unique()
    .allow(null)
    .description('Countries that the method delivers to, as codes of ISO 3166-1; null (in answers: absent) means everywhere'),
  minDays: days.description('Minimum number of days from the handover to the delivery'),
  maxDays: days.description('Maximum number of days from the handover to the delivery; at least minDays'),
  status: Joi.string()
    .valid(...methodStatuses)
    .description('Only active methods can be chosen'),
} satisfies Record<keyof MethodFields, Joi.Schema>;

export const newMethodSchema = named(
  'NewDeliveryMethod',
  Joi.object<MethodFields, true>({
    ...fields,
    name: fields.name.required(),
    priceMinor: fields.priceMinor.required(),
    currency: fields.currency.description("Default: the platform's currency"),
    minDays: fields.minDays.required(),
    maxDays: fields.maxDays.required(),
  }),
);

export const methodChangesSchema = named('DeliveryMethodChanges', Joi.object<Partial<MethodFields>, true>(fields).min(1));

export const methodSchema = named(
  'DeliveryMethod',
  Joi.object({
    id: id().required(),
    name: Joi.string().required(),
    priceMinor: amountMinor().min(0).required(),
    freeFromMinor: amountMinor()
      .min(0)
      .description('Free if the items cost at least this after the discount; absent: never free'),
    currency: storedCurrency().required(),
    countries: Joi.array()
      .items(country())
      .description('Countries that the method delivers to, as codes of ISO 3166-1; null (in answers: absent) means everywhere'),
    minDays: wholeNumber().required(),
    maxDays: wholeNumber().required(),
    status: Joi.string()
      .valid(...methodStatuses)
      .required(),
    version: wholeNumber().required(),
    createdAt: time().required(),
    updatedAt: time().required(),
  }),
);
