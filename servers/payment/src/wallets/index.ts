export { announceWallets } from './announce-wallets.ts';
export { assertCovered } from './assert-covered.ts';
export { buildTransfer, buildUncheckedTransfer } from './build-transfer.ts';
export { countSpent, spentBefore, uncountSpent, withTodaysSpending } from './daily-spending.ts';
export { dayOf } from './day-of.ts';
export { type EntryAt, entryAt } from './entry-at.ts';
export { findErased } from './erased-users.ts';
export { walletErrors } from './errors.ts';
export { walletInvariants, wallets } from './invariants.ts';
export { listWalletEntries } from './list-wallet-entries.ts';
export { type LockedWallet, lockWallet, type WalletOf } from './lock-wallet.ts';
export { lockWalletForHistory } from './lock-wallet-for-history.ts';
export { lockWallets } from './lock-wallets.ts';
export { openWallets } from './open-wallets.ts';
export { notOpenYet, readBalanceAt } from './read-balance-at.ts';
export { readWallet } from './read-wallet.ts';
export { saveWallets } from './save-wallets.ts';
export { availableMinor, isCountable, replaceWallet, type Wallet } from './wallet.ts';
export { type EntryRow, type EntrySource, entriesOfWallet, entryOf, type WalletEntry } from './wallet-entry.ts';
export { withOwnWallet } from './wallet-not-found.ts';
export {
  currencyField,
  currencyQuery,
  idParams,
  positiveMinor,
  sentCurrency,
  sentId,
  userIdField,
  userParams,
} from './wallet-params.ts';
