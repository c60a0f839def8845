export { type Cancel, type CancelAnswer, cancelPurchases } from './cancel-purchases.ts';
export { countPurchases } from './count-purchases.ts';
export { purchaseInvariants } from './invariants.ts';
export { listPurchases, type PurchaseFilter } from './list-purchases.ts';
export { readPurchaseNumber } from './purchase-number.ts';
export { readPurchase } from './read-purchase.ts';
export { recordOutcomes } from './record-outcomes.ts';
export { isKeyTaken, type PurchaseAnswer, type PurchaseRequest, requestPurchases } from './request-purchases.ts';
export { timeOutPurchases } from './time-out-purchases.ts';
