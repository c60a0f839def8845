export { DeclineNotice } from './decline-notice.tsx';
export { SelectField, TextField } from './form-fields.tsx';
export { ItemSummary } from './item-summary.tsx';
export { OrderTotals } from './order-totals.tsx';
