export { type Advance, type AdvanceAnswer, type AdvanceStep, advancePurchases } from './advance-purchases.ts';
export { type Cancel, type CancelAnswer, cancelPurchases } from './cancel-purchases.ts';
export { countPurchases } from './count-purchases.ts';
export { purchaseErrors } from './errors.ts';
export { purchaseInvariants } from './invariants.ts';
export { listPurchases, type PurchaseFilter } from './list-purchases.ts';
export { lockPurchase } from './lock-purchase.ts';
export { type LockedPurchase, lockPurchases } from './lock-purchases.ts';
export { ownerOnly, whose } from './owner-only.ts';
export {
  type Purchase,
  type PurchaseRow,
  type PurchaseStatus,
  purchaseColumns,
  purchaseSchema,
  purchaseStatus,
  purchasesTable,
  trackingCodeField,
} from './purchase.ts';
export { readPurchaseNumber } from './purchase-number.ts';
export type { PurchaseAnswer, PurchaseRequest } from './purchase-request.ts';
export { readItems } from './read-items.ts';
export { readPurchase } from './read-purchase.ts';
export { recordOutcomes } from './record-outcomes.ts';
export { isKeyTaken, requestPurchases } from './request-purchases.ts';
export { saveTrackingCodes } from './save-tracking-codes.ts';
export { timeOutPurchases } from './time-out-purchases.ts';
export { afterItsCause, insertTimeline } from './timeline.ts';
export { withItems } from './with-items.ts';
