import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useState } from 'react';
import { useText } from '../texts/use-text.ts';
import { useShortcut } from './use-shortcut.ts';

const shortcuts = [
  ['/', 'shortcuts.search'],
  ['?', 'shortcuts.help'],
  ['Esc', 'shortcuts.escape'],
] as const;

/** Lists the keyboard shortcuts when `?` is typed. */
export function ShortcutHelp() {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  useShortcut('?', () => setIsOpen(true));
  const close = () => setIsOpen(false);
  return (
    <Dialog open={isOpen} onClose={close} aria-labelledby="shortcuts-title">
      <DialogTitle id="shortcuts-title" component="h2">
        {text('shortcuts.title')}
      </DialogTitle>
      <DialogContent>
        <Table size="small">
          <TableBody>
            {shortcuts.map(([key, label]) => (
              <TableRow key={key}>
                <TableCell component="th" scope="row">
                  <kbd>{key}</kbd>
                </TableCell>
                <TableCell>{text(label)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </DialogContent>
      <DialogActions>
        <Button onClick={close}>{text('action.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
