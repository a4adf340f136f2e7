"""What an analysis may tell the public: its estimates, judged with all the tables."""
