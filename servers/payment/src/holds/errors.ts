import { defineErrors, extensions } from '@florin/app-response';

export const holdErrors = defineErrors({
  CAPTURE_EXCEEDS_HOLD: {
    status: 409,
    title: 'The capture exceeds the hold',
    meaning: 'The amount of the capture is larger than the hold.',
    action: 'Capture at most `limitMinor`.',
    extensions: { limitMinor: extensions.limitMinor },
  },
});
