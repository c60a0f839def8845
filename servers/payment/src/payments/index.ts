export { paymentInvariants } from './invariants.ts';
export { payPurchases } from './pay-purchases.ts';
export { refundPartially } from './refund-partially.ts';
export { refundPurchases } from './refund-purchases.ts';
