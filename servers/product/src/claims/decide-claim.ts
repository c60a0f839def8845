import type { Claim } from './claim.ts';

export type Approval = { refundMinor: number; restock: boolean; returnRequired: boolean };

/** `already`: the claim is as it would become. `refused`: its status does not allow it. */
export type Step = 'go' | 'already' | 'refused';

type State = Pick<Claim, 'status' | keyof Approval>;

/** Decides on an approval. Approving again with other values is refused. Pure. */
export function onApprove(claim: State, wanted: Approval): Step {
  if (claim.status === 'open') return 'go';
  const isSame =
    claim.refundMinor === wanted.refundMinor &&
    claim.restock === wanted.restock &&
    claim.returnRequired === wanted.returnRequired;
  return isSame ? 'already' : 'refused';
}

/** Decides on a rejection or a withdrawal. Pure. */
export function onEnd({ status }: State, to: 'rejected' | 'withdrawn'): Step {
  if (status === 'open') return 'go';
  return status === to ? 'already' : 'refused';
}

/** Decides on the arrival of a returned parcel. Pure. */
export function onReceive({ status, returnRequired }: State): Step {
  if (status === 'awaiting-return') return 'go';
  return status === 'approved' && returnRequired === true ? 'already' : 'refused';
}
