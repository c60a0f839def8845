import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, query, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type FrozenMethod, frozenMethod } from './delivery-wish.ts';
import { deliveryNotAvailable } from './errors.ts';
import { type DeliveryMethod, type MethodRow, type MethodStatus, methodsTable, presentMethod } from './method.ts';

/** Maximum number of methods, archived ones included. */
export const MAX_METHODS = 100;

type ChosenMethod = { methodId: string; country?: string | undefined };

/** The methods that requests name. */
export type DeliveryMethods = {
  /** Returns the chosen method, or why it cannot be chosen. Without a country, the countries of the method do not count. */
  choose(chosen: ChosenMethod, order: { currency: string }): DeliveryMethod | AppError;
  /** Returns the method as a purchase keeps it. */
  frozen(methodId: string): FrozenMethod | undefined;
};

/** Reads methods by id, without a lock: a purchase keeps a copy of its method. */
export async function readMethods(db: Knex, ids: readonly string[]): Promise<DeliveryMethods> {
  const rows = await query<MethodRow>(db, `SELECT ${methodsTable.list} FROM delivery_methods WHERE id IN (?)`, [
    [...new Set(ids)].map(idBytes),
  ]);
  const methods = new Map(rows.map(presentMethod).map((method) => [method.id, method]));
  const frozenMethods = new Map(Array.from(methods.values(), (method) => [method.id, frozenMethod(method)]));
  return {
    choose: (chosen, order) => chooseMethod(methods.get(chosen.methodId), { ...chosen, ...order }),
    frozen: (methodId) => frozenMethods.get(methodId),
  };
}

/** The methods of requests without a delivery. */
export const noMethods: DeliveryMethods = {
  choose: ({ methodId }) => deliveryNotAvailable(methodId, 'UNKNOWN'),
  frozen: () => undefined,
};

/** Decides whether a method can be chosen. Pure. */
export function chooseMethod(
  method: DeliveryMethod | undefined,
  { methodId, country, currency }: ChosenMethod & { currency: string },
): DeliveryMethod | AppError {
  if (method === undefined) return deliveryNotAvailable(methodId, 'UNKNOWN');
  if (method.status === 'archived') return deliveryNotAvailable(methodId, 'ARCHIVED');
  if (method.currency !== currency) return deliveryNotAvailable(methodId, 'OTHER_CURRENCY');
  const isReached = country === undefined || method.countries === undefined || method.countries.includes(country);
  return isReached ? method : deliveryNotAvailable(methodId, 'OTHER_COUNTRY');
}

type MethodFilter = { status?: MethodStatus; country?: string | undefined; currency?: string | undefined };

/** Lists methods, the cheapest first. */
export async function listMethods(db: Knex, { status, country, currency }: MethodFilter): Promise<DeliveryMethod[]> {
  const rows = await query<MethodRow>(db, `SELECT ${methodsTable.list} FROM delivery_methods ORDER BY price_minor, id LIMIT ?`, [
    MAX_METHODS,
  ]);
  return rows
    .map(presentMethod)
    .filter(
      (method) =>
        (status === undefined || method.status === status) &&
        (currency === undefined || method.currency === currency) &&
        (country === undefined || (method.countries?.includes(country) ?? true)),
    );
}

/** @throws AppError NOT_FOUND */
export async function readMethod(db: Knex, id: string): Promise<DeliveryMethod> {
  const row = await queryFirst<MethodRow>(db, `SELECT ${methodsTable.list} FROM delivery_methods WHERE id = ?`, [idBytes(id)]);
  if (row === undefined) throw methodNotFound(id);
  return presentMethod(row);
}

export function methodNotFound(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no delivery method ${id}.` });
}
