import { defineErrors } from '@florin/app-response';

export const holdErrors = defineErrors({
  CAPTURE_EXCEEDS_HOLD: { status: 409, title: 'The capture exceeds the hold' },
});
