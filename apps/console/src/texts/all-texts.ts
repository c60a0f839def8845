import { adminTexts } from '../admin/texts.ts';
import { categoryTexts } from '../categories/texts.ts';
import { claimTexts } from '../claims/texts.ts';
import { countingTexts } from '../counting/texts.ts';
import { homeTexts } from '../home/texts.ts';
import { importTexts } from '../imports/texts.ts';
import { orderTexts } from '../orders/texts.ts';
import { productTexts } from '../products/texts.ts';
import { searchTexts } from '../search/texts.ts';
import { sessionTexts } from '../session/texts.ts';
import { commonTexts } from './common-texts.ts';
import { reactAdminTexts } from './react-admin-texts.ts';

/** All texts of the console. Each feature keeps its own beside its pages. */
export const allTexts = {
  ...commonTexts,
  ...reactAdminTexts,
  ...sessionTexts,
  ...homeTexts,
  ...orderTexts,
  ...claimTexts,
  ...productTexts,
  ...searchTexts,
  ...categoryTexts,
  ...importTexts,
  ...countingTexts,
  ...adminTexts,
};

export type TextId = keyof typeof allTexts;
