export { useWallet, type Wallet } from './use-wallet.ts';
