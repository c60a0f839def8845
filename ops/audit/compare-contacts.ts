import { idText } from '@florin/database';
import { sideBy } from './compare-services.ts';
import type { Comparison, Difference, Pair } from './comparison.ts';

/** `published`: 1 if the contact as it is now is published. `digest`: of the contact, so that no finding has it. */
export type UserContactRow = { row_key: Buffer; status: string; version: number; published: number; digest: string };
export type ContactRow = { row_key: Buffer; digest: string; version: number };

/** Compares the contact of each user of auth with product's copy. */
export const contactComparison: Comparison<UserContactRow, ContactRow> = {
  left: sideBy(
    'auth',
    'id',
    (
      condition,
    ) => `SELECT id AS row_key, status, version, COALESCE(contact_version = version, 0) AS published, ${digest()} AS digest
        FROM users WHERE ${condition}`,
  ),
  right: sideBy(
    'product',
    'user_id',
    (condition) => `SELECT user_id AS row_key, ${digest()} AS digest, version FROM contacts WHERE ${condition}`,
  ),
  checks: { contacts: undefined },
  checksOf: () => ['contacts'],
  subjectOf: idText,
  differenceOf: compareContact,
};

/** Returns the difference between a user's contact and product's copy. Pure. */
export function compareContact({ left: user, right: copy }: Pair<UserContactRow, ContactRow>): Difference | undefined {
  const detail = differenceBetween(user, copy);
  return detail === undefined ? undefined : { check: 'contacts', detail };
}

/** A contact that is not published is known to differ: a job of auth publishes it. A copy that is ahead would ignore its event. */
function differenceBetween(user: UserContactRow | undefined, copy: ContactRow | undefined): string | undefined {
  if (user === undefined) return 'product has the contact of a user unknown to auth';
  if (user.status === 'erased') return copy === undefined ? undefined : 'the user is erased, and product has the contact';
  if (user.published === 1 && copy === undefined) return 'the contact is published and missing in product';
  if (user.published === 1 && user.digest !== copy?.digest) return 'the copy in product differs from the published contact';
  return copy !== undefined && copy.version > user.version ? 'the copy in product is ahead of auth' : undefined;
}

function digest(): string {
  return "SHA2(CONCAT(LENGTH(email), ' ', email, ' ', COALESCE(name, '')), 256)";
}
