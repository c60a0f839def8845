import { defineErrors } from '@florin/app-response';

export const holdErrors = defineErrors({
  INVALID_TRANSITION: { status: 409, title: 'The hold has ended another way' },
  CAPTURE_EXCEEDS_HOLD: { status: 409, title: 'More than what is held cannot be captured' },
});
