import { id, named, time } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type Address, addressSchema, type FrozenMethod, frozenMethodSchema, readAddress } from '../delivery/index.ts';
import { type Purchase, type PurchaseStatus, purchaseStatus } from '../purchases/index.ts';
import { currentReport, type DeliveryEvent, readReports } from './delivery-events.ts';
import { type DeliveryStatus, deliveryStatuses, shownStatus } from './delivery-status.ts';

/** A report as the API shows it. */
export type ShownReport = {
  status: DeliveryStatus;
  at: string;
  receivedAt: string;
  isApplied: boolean;
  place?: string;
  note?: string;
  trackingCode?: string;
  carrier?: string;
};

/** The delivery of a purchase as the API shows it. */
export type Delivery = {
  purchaseId: string;
  purchaseStatus: PurchaseStatus;
  status?: DeliveryStatus;
  trackingCode?: string;
  carrier?: string;
  method?: FrozenMethod;
  address?: Address;
  history: ShownReport[];
};

/** Reads the delivery of a purchase, with its address and history. */
export async function readDelivery(db: Knex, purchase: Purchase): Promise<Delivery> {
  const [reports, address] = [await readReports(db, purchase.id), await readAddress(db, purchase.id)];
  const status = shownStatus({ purchaseStatus: purchase.status, current: currentReport(reports) });
  const carrier = reports.findLast((report) => report.isApplied && report.carrier !== null)?.carrier;
  return {
    purchaseId: purchase.id,
    purchaseStatus: purchase.status,
    ...(status === undefined ? {} : { status }),
    ...(purchase.trackingCode === undefined ? {} : { trackingCode: purchase.trackingCode }),
    ...(carrier === undefined || carrier === null ? {} : { carrier }),
    ...(purchase.delivery === undefined ? {} : { method: purchase.delivery }),
    ...(address === undefined ? {} : { address }),
    history: reports.map(presentReport),
  };
}

function presentReport({ status, at, createdAt, isApplied, ...texts }: DeliveryEvent): ShownReport {
  const { place, note, trackingCode, carrier } = texts;
  return {
    status,
    at: at.toISOString(),
    receivedAt: createdAt.toISOString(),
    isApplied,
    ...(place === null ? {} : { place }),
    ...(note === null ? {} : { note }),
    ...(trackingCode === null ? {} : { trackingCode }),
    ...(carrier === null ? {} : { carrier }),
  };
}

export const deliveryStatusField = named('DeliveryStatus', Joi.string().valid(...deliveryStatuses));

const reportSchema = named(
  'DeliveryReport',
  Joi.object({
    status: deliveryStatusField.required(),
    at: time().required().description('When it happened, as it was reported'),
    receivedAt: time().required(),
    isApplied: Joi.boolean().required().description('false: the report was late or repeated, and changed nothing'),
    place: Joi.string(),
    note: Joi.string(),
    trackingCode: Joi.string(),
    carrier: Joi.string(),
  }),
);

export const deliverySchema = named(
  'Delivery',
  Joi.object({
    purchaseId: id().required(),
    purchaseStatus: purchaseStatus.required(),
    status: deliveryStatusField.description('Absent while nothing is known of a parcel'),
    trackingCode: Joi.string().description("The carrier's number of the parcel"),
    carrier: Joi.string(),
    method: frozenMethodSchema,
    address: addressSchema.description('Absent if there is none, and after the buyer was erased'),
    history: Joi.array().items(reportSchema).required().description('All reports, the oldest first by `at`; about 100 at most'),
  }),
);
