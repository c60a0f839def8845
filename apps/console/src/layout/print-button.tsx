import { Button } from '@mui/material';
import { useText } from '../texts/use-text.ts';

export function PrintButton() {
  return (
    <Button variant="contained" onClick={() => window.print()}>
      {useText()('action.print')}
    </Button>
  );
}
