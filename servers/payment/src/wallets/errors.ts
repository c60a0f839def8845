import { defineErrors } from '@florin/app-response';

export const walletErrors = defineErrors({
  WALLET_NOT_READY: { status: 404, title: 'The wallet is not open yet' },
});
