import type { Status } from './answers.ts';
import type { Finding } from './finding.ts';

/** One wish to move stock, under one key, however often it was sent. */
export type Move = {
  productId: string;
  delta: number;
  reason: 'delivery' | 'correction';
  key: string;
  /** The movement that the answers named. */
  id?: string;
  isRefused?: boolean;
  /** Requests that never got an answer, or got one that leaves it open (5xx). */
  lost: number;
};

/** One file, under one key. */
export type Delivery = {
  key: string;
  /** Of the rows in order; the broken ones have none. */
  skus: readonly (string | undefined)[];
  /** What each row gives a product that it is the first to name. */
  stock: number;
  /** The import that the answers named, once one said that it is done. */
  id?: string;
};

export type StoredMove = { id: string; key: string; productId: string; delta: number; reason: string };
export type StoredImport = { id: string; key: string; status: string; rows: number; refused: number; reported: number };

export type StoredWarehouse = {
  moves: readonly StoredMove[];
  imports: readonly StoredImport[];
  /** By SKU: how many products have it, and what their openings brought, in how many movements. */
  openings: ReadonlyMap<string, { movements: number; units: number }>;
  statuses: ReadonlyMap<string, Status>;
  /** How often the audit log has each action on each purchase: by `action id`. */
  logged: ReadonlyMap<string, number>;
};

export type WarehouseDeeds = ReturnType<typeof createWarehouseDeeds>;

/** What staff were told of stock that they moved, files that they sent, and parcels. */
export function createWarehouseDeeds() {
  const moves: Move[] = [];
  const deliveries: Delivery[] = [];
  const sent = new Map<string, 'shipped' | 'delivered'>();
  const lies: Finding[] = [];
  const lie = (check: string, subject: string, detail: string): void => void lies.push({ check, subject, detail });
  return {
    lies,
    lie,
    counts: () => ({ moves: moves.length, imports: deliveries.length, parcels: sent.size }),
    /** Before the first request is sent. */
    move(wish: Omit<Move, 'lost'>): Move {
      const move = { ...wish, lost: 0 };
      moves.push(move);
      return move;
    },
    moved(move: Move, { id, delta, stockAfter }: { id: string; delta: number; stockAfter: number }): void {
      if (move.id !== undefined && move.id !== id)
        lie('one key, one movement', id, `key ${move.key} was answered with ${move.id} before`);
      if (delta !== move.delta) lie('a movement is what was asked for', id, `${move.delta} asked, ${delta} answered`);
      if (stockAfter < 0) lie('stock is never negative', move.productId, `a stock of ${stockAfter} was answered`);
      move.id = id;
    },
    deliver(delivery: Delivery): Delivery {
      deliveries.push(delivery);
      return delivery;
    },
    imported(delivery: Delivery, { id, rows, refused }: { id: string; rows: number; refused: number }): void {
      const broken = delivery.skus.filter((sku) => sku === undefined).length;
      if (rows !== delivery.skus.length || refused !== broken)
        lie(
          'an import tells of its rows',
          id,
          `${rows} rows, ${refused} refused, of ${delivery.skus.length} with ${broken} broken`,
        );
      if (delivery.id !== undefined && delivery.id !== id)
        lie('one key, one import', id, `key ${delivery.key} was answered with ${delivery.id} before`);
      delivery.id = id;
    },
    sent: (id: string, status: 'shipped' | 'delivered'): void => void sent.set(id, status),
    check: (stored: StoredWarehouse): Finding[] => [
      ...lies,
      ...checkMoves(moves, stored),
      ...checkImports(deliveries, stored),
      ...checkParcels(sent, stored),
    ],
  };
}

function checkMoves(moves: readonly Move[], { moves: stored }: StoredWarehouse): Finding[] {
  const asked = new Map(moves.map((move) => [move.key, move]));
  const kept = new Map(stored.map((move) => [move.key, move]));
  const findings: Finding[] = [];
  const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
  for (const move of moves) {
    const found = kept.get(move.key);
    if (move.id !== undefined && found?.id !== move.id)
      find('a movement that was answered is kept', move.id, `key ${move.key} holds ${found?.id ?? 'nothing'}`);
    if (found && (found.productId !== move.productId || found.delta !== move.delta || found.reason !== move.reason))
      find(
        'a movement is what was asked for',
        found.id,
        `${move.reason} of ${move.delta} asked, ${found.reason} of ${found.delta} kept`,
      );
    if (found && move.id === undefined && move.isRefused === true && move.lost === 0)
      find('what was refused is not moved', found.id, `key ${move.key}`);
  }
  for (const { key, id } of stored)
    if (!asked.has(key)) find('nothing is moved that nobody asked for', id, `under the key ${key}`);
  return findings;
}

/** A file that is done is done whole, each row of it once, however often and by however many it was sent. */
function checkImports(deliveries: readonly Delivery[], { imports, openings }: StoredWarehouse): Finding[] {
  const kept = new Map(imports.map((one) => [one.key, one]));
  const findings: Finding[] = [];
  const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
  for (const { key, skus, stock, id } of deliveries) {
    const found = kept.get(key);
    if (id !== undefined && (found?.id !== id || found.status !== 'done' || found.rows !== skus.length))
      find(
        'an import that was answered is kept',
        id,
        `it is ${found?.status ?? 'gone'} with ${found?.rows} of ${skus.length} rows`,
      );
    if (found && found.reported !== found.rows)
      find('every row that is done is reported', found.id, `${found.rows} rows done, ${found.reported} reported`);
    for (const sku of skus.slice(0, found?.rows ?? 0)) {
      const opening = sku === undefined ? undefined : openings.get(sku);
      if (sku !== undefined && (opening?.movements !== 1 || opening.units !== stock))
        find(
          'a product is opened once',
          sku,
          `${opening?.units ?? 0} units in ${opening?.movements ?? 0} movements, ${stock} sent`,
        );
    }
  }
  return findings;
}

function checkParcels(sent: ReadonlyMap<string, 'shipped' | 'delivered'>, { statuses, logged }: StoredWarehouse): Finding[] {
  const findings: Finding[] = [];
  for (const [id, status] of sent) {
    const now = statuses.get(id);
    if (now !== 'delivered' && now !== status)
      findings.push({
        check: 'a parcel that was answered 200 is on its way',
        subject: id,
        detail: `${status}, and now ${now ?? 'gone'}`,
      });
  }
  for (const [id, status] of statuses) {
    const times = (action: string): number => logged.get(`${action} ${id}`) ?? 0;
    const isRight =
      times('purchase.ship') === (status === 'shipped' || status === 'delivered' ? 1 : 0) &&
      times('purchase.deliver') === (status === 'delivered' ? 1 : 0);
    if (!isRight)
      findings.push({
        check: 'the audit log has each parcel that was sent, once',
        subject: id,
        detail: `${status}, shipped ${times('purchase.ship')} and delivered ${times('purchase.deliver')} times`,
      });
  }
  return findings;
}
