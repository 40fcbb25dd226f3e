/** The most useful fields of a sample. */
export const simplify = ['id', 'client_id', 'project', 'run', 'last_status', 'archive_last_status', 'failed_qc', 'files', 'created', 'modified'];
