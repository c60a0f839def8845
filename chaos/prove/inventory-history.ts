import type { Finding } from './finding.ts';
import type { Status } from './purchase-history.ts';

/** The reasons with which units are added or removed. */
export const moveReasons = ['delivery', 'correction', 'damage', 'loss', 'found', 'transfer'] as const;

/** A stock movement under one key, however often it was sent. */
export type Move = {
  productId: string;
  /** Of a count: the units that it must add to the stock that the client knows. */
  delta: number;
  reason: (typeof moveReasons)[number] | 'count';
  count?: { units: number; countedAt: string };
  key: string;
  /** Id of the movement and its time, from the answers. */
  id?: string;
  createdAt?: string;
  isRejected?: boolean;
  /** Number of requests without an answer, or with one that does not say whether they were applied (5xx). */
  lost: number;
};

/** A product file under one key. */
export type ImportFile = {
  key: string;
  /** SKUs of the rows in order; an invalid row has none. */
  skus: readonly (string | undefined)[];
  /** Opening stock that a row gives a new product. */
  stock: number;
  /** Id of the import, once an answer said that it is done. */
  id?: string;
};

export type AnsweredMove = { id: string; delta: number; stockAfter: number; createdAt: string };

export type StoredMove = { id: string; key: string; productId: string; delta: number; reason: string };
export type StoredImport = { id: string; key: string; status: string; rows: number; refused: number; reported: number };

export type StoredInventory = {
  moves: readonly StoredMove[];
  imports: readonly StoredImport[];
  /** Opening movements by SKU: their number and their sum. */
  openings: ReadonlyMap<string, { movements: number; units: number }>;
  statuses: ReadonlyMap<string, Status>;
  /** Purchases whose parcel was reported returned. */
  returned: ReadonlySet<string>;
  /** Number of rows in the audit log by `action id`. */
  logged: ReadonlyMap<string, number>;
};

export type InventoryHistory = ReturnType<typeof createInventoryHistory>;

/** Records stock movements, product imports and parcels with their answers. */
export function createInventoryHistory() {
  const moves: Move[] = [];
  const files: ImportFile[] = [];
  const sent = new Map<string, 'shipped' | 'delivered'>();
  const violations: Finding[] = [];
  const reportViolation = (check: string, subject: string, detail: string): void =>
    void violations.push({ check, subject, detail });
  return {
    violations,
    reportViolation,
    counts: () => ({ moves: moves.length, imports: files.length, parcels: sent.size }),
    /** Call it before the first attempt is sent. */
    move(wanted: Omit<Move, 'lost'>): Move {
      const move = { ...wanted, lost: 0 };
      moves.push(move);
      return move;
    },
    moved(move: Move, { id, delta, stockAfter, createdAt }: AnsweredMove): void {
      if (move.id !== undefined && move.id !== id)
        reportViolation('one key, one movement', id, `key ${move.key} named ${move.id} before`);
      if (delta !== move.delta)
        reportViolation('a movement equals its request', id, `${move.delta} requested, ${delta} answered`);
      if (stockAfter < 0) reportViolation('stock is never negative', move.productId, `stock ${stockAfter} answered`);
      move.id = id;
      move.createdAt = createdAt;
    },
    importFile(file: ImportFile): ImportFile {
      files.push(file);
      return file;
    },
    imported(file: ImportFile, { id, rows, refused }: { id: string; rows: number; refused: number }): void {
      const broken = file.skus.filter((sku) => sku === undefined).length;
      if (rows !== file.skus.length || refused !== broken)
        reportViolation(
          'an import reports all its rows',
          id,
          `${rows} rows, ${refused} refused, of ${file.skus.length} with ${broken} broken`,
        );
      if (file.id !== undefined && file.id !== id)
        reportViolation('one key, one import', id, `key ${file.key} named ${file.id} before`);
      file.id = id;
    },
    sent: (id: string, status: 'shipped' | 'delivered'): void => void sent.set(id, status),
    check: (stored: StoredInventory): Finding[] => [
      ...violations,
      ...checkMoves(moves, stored),
      ...checkImports(files, stored),
      ...checkParcels(sent, stored),
    ],
  };
}

function checkMoves(moves: readonly Move[], { moves: stored }: StoredInventory): Finding[] {
  const requested = new Map(moves.map((move) => [move.key, move]));
  const kept = new Map(stored.map((move) => [move.key, move]));
  const findings: Finding[] = [];
  const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
  for (const move of moves) {
    const found = kept.get(move.key);
    if (move.id !== undefined && found?.id !== move.id)
      find('an answered movement is kept', move.id, `key ${move.key} holds ${found?.id ?? 'nothing'}`);
    if (found && (found.productId !== move.productId || found.delta !== move.delta || found.reason !== move.reason))
      find(
        'a movement equals its request',
        found.id,
        `${move.reason} of ${move.delta} requested, ${found.reason} of ${found.delta} stored`,
      );
    if (found && move.id === undefined && move.isRejected === true && move.lost === 0)
      find('a rejected movement is not applied', found.id, `key ${move.key}`);
  }
  for (const { key, id } of stored) if (!requested.has(key)) find('every movement was requested', id, `key ${key}`);
  return findings;
}

/** Checks that a finished import applied each row once, however often and by however many clients it was sent. */
function checkImports(files: readonly ImportFile[], { imports, openings }: StoredInventory): Finding[] {
  const kept = new Map(imports.map((one) => [one.key, one]));
  const findings: Finding[] = [];
  const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
  for (const { key, skus, stock, id } of files) {
    const found = kept.get(key);
    if (id !== undefined && (found?.id !== id || found.status !== 'done' || found.rows !== skus.length))
      find('an answered import is kept', id, `${found?.status ?? 'missing'}, ${found?.rows} of ${skus.length} rows`);
    if (found && found.reported !== found.rows)
      find('every imported row has a result', found.id, `${found.rows} rows done, ${found.reported} reported`);
    for (const sku of skus.slice(0, found?.rows ?? 0)) {
      const opening = sku === undefined ? undefined : openings.get(sku);
      if (sku !== undefined && (opening?.movements !== 1 || opening.units !== stock))
        find(
          'a product has one opening movement',
          sku,
          `${opening?.units ?? 0} units in ${opening?.movements ?? 0} movements, ${stock} sent`,
        );
    }
  }
  return findings;
}

function checkParcels(sent: ReadonlyMap<string, 'shipped' | 'delivered'>, stored: StoredInventory): Finding[] {
  const { statuses, returned, logged } = stored;
  const findings: Finding[] = [];
  for (const [id, status] of sent) {
    const now = statuses.get(id);
    const isReturned = status === 'shipped' && now === 'cancelled' && returned.has(id);
    if (now !== 'delivered' && now !== status && !isReturned)
      findings.push({
        check: 'a shipment answered 200 is kept',
        subject: id,
        detail: `${status} answered, ${now ?? 'missing'} stored`,
      });
  }
  for (const [id, status] of statuses) {
    const times = (action: string): number => logged.get(`${action} ${id}`) ?? 0;
    const wasShipped = status === 'shipped' || status === 'delivered' || (status === 'cancelled' && returned.has(id));
    const isRight =
      times('purchase.ship') === (wasShipped ? 1 : 0) && times('purchase.deliver') === (status === 'delivered' ? 1 : 0);
    if (!isRight)
      findings.push({
        check: 'the audit log has each shipment once',
        subject: id,
        detail: `${status}, shipped ${times('purchase.ship')} and delivered ${times('purchase.deliver')} times`,
      });
  }
  return findings;
}
