export { useShop } from './use-shop.ts';
export { useWallet, type Wallet } from './use-wallet.ts';
