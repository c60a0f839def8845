export { announceWallets } from './announce-wallets.ts';
export { listWalletEntries } from './list-wallet-entries.ts';
export { openWallets } from './open-wallets.ts';
export { readBalanceAt } from './read-balance-at.ts';
export { readWallet } from './read-wallet.ts';
export { openStatement, statementPages } from './statement.ts';
export { statementCsv } from './statement-csv.ts';
