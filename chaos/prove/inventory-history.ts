import type { Finding } from './finding.ts';
import type { Status } from './purchase-history.ts';

/** One wanted to move stock, under one key, however often it was sent. */
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
export type ImportFile = {
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

export type StoredInventory = {
  moves: readonly StoredMove[];
  imports: readonly StoredImport[];
  /** By SKU: how many products have it, and what their openings brought, in how many movements. */
  openings: ReadonlyMap<string, { movements: number; units: number }>;
  statuses: ReadonlyMap<string, Status>;
  /** How often the audit log has each action on each purchase: by `action id`. */
  logged: ReadonlyMap<string, number>;
};

export type InventoryHistory = ReturnType<typeof createInventoryHistory>;

/** What staff were told of stock that they moved, files that they sent, and parcels. */
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
    /** Before the first request is sent. */
    move(wanted: Omit<Move, 'lost'>): Move {
      const move = { ...wanted, lost: 0 };
      moves.push(move);
      return move;
    },
    moved(move: Move, { id, delta, stockAfter }: { id: string; delta: number; stockAfter: number }): void {
      if (move.id !== undefined && move.id !== id)
        reportViolation('one key, one movement', id, `key ${move.key} was answered with ${move.id} before`);
      if (delta !== move.delta) reportViolation('a movement is what was asked for', id, `${move.delta} asked, ${delta} answered`);
      if (stockAfter < 0) reportViolation('stock is never negative', move.productId, `a stock of ${stockAfter} was answered`);
      move.id = id;
    },
    importFile(file: ImportFile): ImportFile {
      files.push(file);
      return file;
    },
    imported(file: ImportFile, { id, rows, refused }: { id: string; rows: number; refused: number }): void {
      const broken = file.skus.filter((sku) => sku === undefined).length;
      if (rows !== file.skus.length || refused !== broken)
        reportViolation(
          'an import tells of its rows',
          id,
          `${rows} rows, ${refused} refused, of ${file.skus.length} with ${broken} broken`,
        );
      if (file.id !== undefined && file.id !== id)
        reportViolation('one key, one import', id, `key ${file.key} was answered with ${file.id} before`);
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
function checkImports(files: readonly ImportFile[], { imports, openings }: StoredInventory): Finding[] {
  const kept = new Map(imports.map((one) => [one.key, one]));
  const findings: Finding[] = [];
  const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
  for (const { key, skus, stock, id } of files) {
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

function checkParcels(sent: ReadonlyMap<string, 'shipped' | 'delivered'>, { statuses, logged }: StoredInventory): Finding[] {
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
