export const copyManually = 'Ihr Browser hat das Kopieren blockiert. Kopieren Sie diesen Text:';
