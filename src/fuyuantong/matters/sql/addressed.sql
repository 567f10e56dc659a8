-- That the people of an organ were told is noted on the notice; all else of it stays as it was.

GRANT UPDATE (addressed_at) ON notice TO app_engine;
