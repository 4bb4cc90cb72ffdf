INSERT INTO cq_case (id, day, category, body, service, destination, place, presidential)
VALUES (1, '2026-11-25', 'employee', 'courier', 'outpatient', 'local', '', 'no'),
       (2, '2026-11-25', 'employee', 'courier', 'outpatient', 'local', 'available|one', 'no'),
       (3, '2026-11-25', 'none', 'courier', 'inpatient', 'almaty', '', '');
INSERT INTO cq_facts SELECT id, day, facts FROM cq_case_facts;
SELECT id, outcome, reasons, missing, basis FROM cq_decision ORDER BY id;
