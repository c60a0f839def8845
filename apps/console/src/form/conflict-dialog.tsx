import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControl,
  FormControlLabel,
  FormLabel,
  Radio,
  RadioGroup,
  Stack,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useText } from '../texts/use-text.ts';
import type { Difference } from './conflict.ts';

export type Choices = ReadonlyMap<string, 'mine' | 'theirs'>;

type ConflictDialogProps = {
  differences: readonly Difference[];
  labelOf(field: string): string;
  isPending: boolean;
  onSave(choices: Choices): void;
  onClose(): void;
};

/** Shows both versions of what two people edited, and lets the person choose for each field. */
export function ConflictDialog({ differences, labelOf, isPending, onSave, onClose }: ConflictDialogProps) {
  const text = useText();
  const [choices, setChoices] = useState<Choices>(() => new Map(differences.map(({ field, suggested }) => [field, suggested])));
  const choose = (field: string, version: string) =>
    setChoices(new Map(choices).set(field, version === 'mine' ? 'mine' : 'theirs'));
  return (
    <Dialog open onClose={onClose} aria-labelledby="conflict-title" fullWidth maxWidth="sm">
      <DialogTitle id="conflict-title" component="h2">
        {text('conflict.title')}
      </DialogTitle>
      <DialogContent>
        <Typography sx={{ marginBottom: 2 }}>{text(differences.length === 0 ? 'conflict.none' : 'conflict.text')}</Typography>
        <Stack spacing={2}>
          {differences.map(({ field, mine, theirs }) => (
            <FormControl key={field} component="fieldset">
              <FormLabel component="legend">{labelOf(field)}</FormLabel>
              <RadioGroup value={choices.get(field)} onChange={(_, version) => choose(field, version)}>
                <Version value="mine" label={text('conflict.mine')} shown={mine} />
                <Version value="theirs" label={text('conflict.theirs')} shown={theirs} />
              </RadioGroup>
            </FormControl>
          ))}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{text('action.cancel')}</Button>
        <Button variant="contained" loading={isPending} onClick={() => onSave(choices)}>
          {text('conflict.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Version({ value, label, shown }: { value: string; label: string; shown: string }) {
  const text = useText();
  return (
    <FormControlLabel
      value={value}
      control={<Radio />}
      label={
        <span>
          {label}: <strong>{shown === '' ? text('value.empty') : shown}</strong>
        </span>
      }
    />
  );
}
